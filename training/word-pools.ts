/**
 * The words that fill the slots of the training sentences.
 *
 * A value is drawn evenly from its whole pool for each sentence, so that the
 * model gains nothing from remembering and must copy.
 *
 * @module
 */

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/)
}

function numbers(first: number, last: number): readonly string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => String(first + index))
}

/** The name of a pool, and of the slots it fills. */
export type PoolName =
  | 'town'
  | 'venue'
  | 'name'
  | 'role'
  | 'item'
  | 'colour'
  | 'things'
  | 'goods'
  | 'event'
  | 'topic'
  | 'day'
  | 'hour'
  | 'number'

/** Every pool by its name. */
export const POOLS: Readonly<Record<PoolName, readonly string[]>> = {
  town: words(`Marlow Selby Oakham Ripon Leeds York Bath Dover Kendal Ludlow Whitby Truro Wells Hexham
    Stroud Frome Tring Ware Rugby Derby Buxton Morpeth Penrith Skipton Totnes Bude Louth Diss Thame Calne
    Hythe Deal`),
  venue: words(`library bakery museum office school market station garden theatre pharmacy gallery hotel
    bank clinic shop harbour`),
  name: words(`Anna Ben Clara David Emma Felix Grace Hugo Iris James Karen Leo Maria Nora Oscar Paula
    Quentin Rosa Simon Tessa Ursula Victor Wendy Xenia Yusuf Zoe Alice Boris Dora Edgar Fiona George
    Hanna Ivan Julia Lucas Mona Nigel Olga Peter`),
  role: words(`manager owner director keeper cleaner cook guard clerk`),
  item: words(`lamp kettle chair desk clock mug scarf coat bowl basket blanket mirror pen vase ladder
    kite drum brush ring tent`),
  colour: words(`red green blue yellow black white brown grey pink purple orange golden`),
  things: words(`chairs lamps doors windows tables benches rooms clocks computers plants`),
  goods: words(`candles honey cheese tea coffee bread flowers toys maps books shoes hats soap wool
    paper paint nails rope fish apples`),
  event: words(`concert meeting lecture fair workshop party race parade dinner auction`),
  topic: words(`whales bridges trains volcanoes birds castles comets pirates mushrooms rivers horses
    ghosts kings bees glass music`),
  day: words(`Monday Tuesday Wednesday Thursday Friday Saturday Sunday`),
  hour: numbers(5, 23),
  number: numbers(1, 99),
}
