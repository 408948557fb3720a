import { type Camera, scaleBar } from '#renderer/map/camera.ts'

export function ScaleBar({ camera }: { readonly camera: Camera }) {
  const { metres, pixels } = scaleBar(camera)
  return (
    <span className="scale-bar" style={{ width: `${pixels}px` }}>
      {metres >= 1000 ? `${metres / 1000} km` : `${metres} m`}
    </span>
  )
}
