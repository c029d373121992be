/** How the arena is called, for those who cannot see it. */
export const arenaText = /^Arena\. /;

/** In parts of the arena's width and height. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface Wanted {
  readonly colour: string;
  readonly rightOf?: number;
  readonly above?: number;
}

/**
 * The middle of all pixels of exactly this colour, a disc's; null where there are none, or where it is not to the
 * right of `rightOf` and above `above`. Runs in the page.
 */
export function discOf({ colour, rightOf = 0, above = 1 }: Wanted): Place | null {
  const canvas = document.querySelector('canvas') as HTMLCanvasElement;
  const { width, height } = canvas;
  const { data } = (canvas.getContext('2d') as CanvasRenderingContext2D).getImageData(0, 0, width, height);
  const [red, green, blue] = (colour.match(/\d+/g) ?? []).map(Number);
  let count = 0;
  const sum = { x: 0, y: 0 };
  for (let pixel = 0; pixel < width * height; pixel++) {
    const at = pixel * 4;
    if (data[at] !== red || data[at + 1] !== green || data[at + 2] !== blue) continue;
    count++;
    sum.x += pixel % width;
    sum.y += Math.floor(pixel / width);
  }
  const place = { x: sum.x / count / width, y: sum.y / count / height };
  return count > 0 && place.x > rightOf && place.y < above ? place : null;
}
