/** Words the sample force is named with. None is a ward, LSOA or well-known town of England and Wales. */
export const cityName = 'Haverstow'
export const coastTownName = 'Skelmouth'
export const northTownName = 'Brandholt'
export const westTownName = 'Marlowby'

export const villageNames = [
  'Ellerstow',
  'Hindlemere',
  'Pellowby',
  'Otterwold',
  'Quernby',
  'Sallowick',
  'Dunmarsh',
  'Larkenby',
  'Mossenby',
  'Wrenholt',
  'Tethercote',
  'Yarrowstead',
  'Hazelmarsh',
  'Kestrelby',
  'Foxenholme',
  'Brackenstow',
  'Umberby',
  'Ravelthorpe',
  'Lindmarsh',
  'Stonnerby',
  'Corveston',
  'Nettlewold',
  'Plumbeck',
  'Fennistow',
  'Wickenmere',
] as const

export const districtNames = [
  'Haverstow Central',
  'Haverstow Estuary',
  'Skelmouth and North Coast',
  'Brandholt',
  'Marlowby Vale',
  'South Marsh',
] as const

export const riverNames = ['River Haver', 'Brand Water'] as const

const growing =
  'Acorn Alder Apple Ash Aspen Balsam Barley Bay Beech Birch Blackthorn Bluebell Bramble Briar Broom Burdock Buttercup Campion Cedar Celandine Cherry Chestnut Clover Columbine Cornflower Cowslip Crocus Cypress Daisy Damson Elder Elm Fern Fir Flax Foxglove Fuchsia Furze Gentian Gorse Harebell Hawthorn Hazel Heather Holly Hornbeam Ivy Jasmine Juniper Larch Laurel Lavender Lilac Lime Linden Lupin Mallow Maple Marigold Meadowsweet Mint Myrtle Oak Orchard Pear Pine Poplar Primrose Privet Quince Rose Rowan Rush Saffron Sage Sedge Snowdrop Sorrel Spruce Sycamore Tansy Teasel Thistle Thyme Vetch Viburnum Violet Walnut Willow Woodbine Yarrow Yew'
const living =
  'Badger Bittern Blackbird Bunting Buzzard Chaffinch Curlew Dipper Dove Dunlin Falcon Fieldfare Finch Gannet Goldcrest Goldfinch Goshawk Grebe Greenshank Grouse Gull Hare Harrier Heron Hobby Jay Kestrel Kingfisher Kittiwake Knot Lapwing Lark Linnet Mallard Martin Merlin Moorhen Nightingale Nuthatch Osprey Otter Partridge Petrel Pheasant Pintail Pipit Plover Puffin Quail Raven Redshank Redstart Redwing Robin Rook Sandpiper Shearwater Siskin Skylark Snipe Sparrow Starling Stonechat Swallow Swan Swift Teal Tern Thrush Turnstone Wagtail Warbler Waxwing Wheatear Whinchat Wigeon Woodcock Wren'
const working =
  'Anchor Anvil Baker Basin Beacon Bellows Bobbin Brewer Brick Bridge Capstan Carder Carter Chandler Cobbler Compass Cooper Copper Cotton Drover Dyer Ferry Flint Forge Foundry Fuller Glover Granary Hammer Harbour Harness Kiln Ladder Lantern Loom Maltings Mason Mercer Mill Miller Pewter Piper Plough Potter Quarry Quay Roper Saddler Sail Sawyer Shuttle Slate Smithy Spindle Tanner Thatcher Tiller Timber Turner Wagon Warp Weaver Wharf Wheelwright Windlass Windmill'
const lying =
  'Amber Bank Beck Bottom Brook Chapel Church Cliff Crag Cross Dale Dell Fell Field Ford Garth Gate Glebe Glen Grange Green Heath Hill Holm Knoll Lea Ley Manor Mead Meadow Mere Mill Moor Moss North Park Pasture Pond Priory Ridge Rill Sand Shore South Spring Stile Stone Strand Tithe Upland Vale Valley Vicarage Warren Well West Wold Wood'

export const streetWords: readonly string[] = [
  ...new Set(`${growing} ${living} ${working} ${lying}`.split(' ')),
]

export const terraceEndings = ['Street', 'Street', 'Street', 'Terrace', 'Road', 'Row', 'Place'] as const
export const suburbEndings = [
  'Avenue',
  'Road',
  'Drive',
  'Close',
  'Crescent',
  'Gardens',
  'Way',
  'Lane',
  'Grove',
] as const
export const estateEndings = ['Walk', 'Close', 'Court', 'Green', 'Crescent', 'Way', 'Drive', 'Road'] as const
export const villageEndings = ['Lane', 'Road', 'Close', 'Row', 'Hill', 'Green'] as const
export const industrialEndings = ['Way', 'Park', 'Road', 'Approach'] as const
export const centreEndings = ['Street', 'Street', 'Row', 'Lane', 'Place', 'Yard', 'Square'] as const

export const schoolWords = ['Academy', 'High School', 'School', 'Community School', 'College'] as const
export const innWords = [
  'Anchor',
  'Bell',
  'Barley Mow',
  'Black Ram',
  'Blue Lamp',
  'Bridge',
  'Compass',
  'Copper Kettle',
  'Fleece',
  'Gate',
  'Grapes',
  'Green Heron',
  'Lantern',
  'Loom',
  'Mariner',
  'Mill Wheel',
  'Miller',
  'Oak',
  'Old Quay',
  'Otter',
  'Plough',
  'Red Sail',
  'Rope Walk',
  'Shuttle',
  'Silver Tern',
  'Spindle',
  'Staging Post',
  'Swan',
  'Tanner',
  'Three Tuns',
  'Waggon',
  'Weaver',
  'White Hare',
  'Windlass',
] as const
export const clubWords = [
  'Basement',
  'Cellar',
  'Ember',
  'Meridian',
  'Neon',
  'Orbit',
  'Pulse',
  'Tidal',
  'Vault',
] as const
