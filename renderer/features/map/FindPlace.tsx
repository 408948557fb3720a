import { X } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import type { FoundPlace } from '#core/contract/routes.ts'
import { gridReference } from '#renderer/map/screen-grid.ts'
import { closeFindPlace, markPlace, typePlace, useFindPlace } from '#renderer/state/find-place.ts'
import { useWorkspace } from '#renderer/state/workspace.ts'
import { IconButton } from '#renderer/ui/Button.tsx'
import { ProblemNote } from '#renderer/ui/ProblemNote.tsx'

/** Where in the map the window is, to put near places first; degrees. */
export interface FindPlaceProps {
  readonly near: readonly [number, number] | null
}

/** Search box of the map: a grid reference, degrees, a postcode or a name; Enter goes there and marks it. */
export function FindPlace({ near }: FindPlaceProps) {
  const { open, asked, typed, found, problem, marked } = useFindPlace()
  const [active, setActive] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  const list = useId()
  const hasPlaces = useWorkspace((store) => store.layers.some((layer) => layer.kind === 'places'))
  useEffect(() => {
    if (!asked) return
    input.current?.focus()
    input.current?.select()
  }, [asked])
  if (!open) return null
  const showing = found !== null && found.length > 0 && marked?.title !== typed
  const choose = (place: FoundPlace) => {
    markPlace(place)
    useFindPlace.setState({ typed: place.title })
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    const last = (found?.length ?? 0) - 1
    if (event.key === 'Escape') closeFindPlace()
    else if (event.key === 'ArrowDown') setActive((held) => Math.min(held + 1, last))
    else if (event.key === 'ArrowUp') setActive((held) => Math.max(held - 1, 0))
    else if (event.key === 'Enter' && found?.[active]) choose(found[active])
    else return
    event.preventDefault()
  }
  const nothing = found !== null && found.length === 0 && typed.trim().length > 1 && !problem
  return (
    <search className="find-place">
      <div className="find-place-box">
        <input
          ref={input}
          type="text"
          role="combobox"
          aria-label="Find a place"
          aria-expanded={showing}
          aria-controls={list}
          aria-autocomplete="list"
          {...(showing && { 'aria-activedescendant': `${list}-${active}` })}
          autoComplete="off"
          spellCheck={false}
          placeholder="Place, postcode or grid reference"
          value={typed}
          onChange={(event) => {
            setActive(0)
            void typePlace(event.target.value, near)
          }}
          onKeyDown={onKeyDown}
        />
        <IconButton label="Close the search and take the mark away" kind="quiet" onPress={closeFindPlace}>
          <X size={14} />
        </IconButton>
      </div>
      {problem && <ProblemNote problem={problem} />}
      <div id={list} role="listbox" aria-label="Places found" className="find-place-list" hidden={!showing}>
        {found?.map((place, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the text box's, as in every combobox
          <div
            key={`${place.layer} ${place.title} ${place.easting} ${place.northing}`}
            id={`${list}-${at}`}
            role="option"
            tabIndex={-1}
            aria-selected={at === active}
            className="find-place-option"
            onPointerMove={() => setActive(at)}
            onClick={() => choose(place)}
          >
            <span>{place.title}</span>
            <span className="find-place-note">{noteOf(place)}</span>
          </div>
        ))}
      </div>
      <p role="status" className={nothing ? 'find-place-none' : 'visually-hidden'}>
        {nothing ? nothingText(hasPlaces) : showing ? `${found.length} found` : ''}
      </p>
    </search>
  )
}

function noteOf({ kind, within, layer, easting, northing }: FoundPlace): string {
  const reference = layer ? gridReference(easting, northing).replace(/(\d{3})\d\d/g, '$1') : ''
  return [kind, within, reference].filter(Boolean).join(' · ')
}

function nothingText(hasPlaces: boolean): string {
  return hasPlaces
    ? 'Nothing found. Grid references (SK 586 044), easting and northing, latitude and longitude, and names and postcodes of the places layers are understood.'
    : 'Nothing found. This workspace has no places: add OS Open Names or Code-Point Open under Layers and weights to find names and postcodes. Grid references, easting and northing, and latitude and longitude work without.'
}
