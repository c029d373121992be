import { Game, HEIGHT, RADIUS, startOf, WIDTH } from '../../demo/src/game.ts';

const right = { x: 1, y: 0 };
const still = { x: 0, y: 0 };

/** Two players side by side, with time passed for catching. */
function besides(): Game {
  const game = new Game(1, { x: 300, y: 300 });
  game.hear(2, { number: 1, x: 300 + RADIUS, y: 300 });
  game.advance(2, still);
  return game;
}

test('moves in the direction asked for, and never out of the arena', () => {
  const game = new Game(1, { x: 300, y: 300 });
  game.advance(0.5, right);
  expect(game.self).toMatchObject({ y: 300, peerId: 1 });
  expect(game.self.x).toBeGreaterThan(300);
  game.advance(60, { x: 0.7, y: 0.7 });
  expect(game.self.x).toBeLessThan(WIDTH);
  expect(game.self.y).toBeLessThan(HEIGHT);
});

test('another one glides to where they were heard of last, and an overtaken move does not count', () => {
  const game = new Game(1);
  game.hear(2, { number: 1, x: 100, y: 100 });
  game.hear(2, { number: 3, x: 200, y: 100 });
  game.hear(2, { number: 2, x: 700, y: 500 });
  game.advance(0.02, still);
  const [gliding] = game.discs;
  expect(gliding?.x).toBeGreaterThan(100);
  expect(gliding?.x).toBeLessThan(200);
  game.advance(10, still);
  expect(game.discs[0]).toMatchObject({ peerId: 2, x: 200 });
});

test('whoever says to be outside is shown at the border', () => {
  const game = new Game(1);
  game.hear(2, { number: 1, x: -1e9, y: 1e9 });
  const [disc] = game.discs;
  expect(disc?.x).toBeGreaterThan(0);
  expect(disc?.y).toBeLessThan(HEIGHT);
});

test('the lowest peer id is it first, and again when who was it has left', () => {
  const game = new Game(2);
  expect(game.holder).toBeNull();
  game.hear(1, { number: 1, x: 0, y: 0 });
  expect(game.holder).toBe(1);
  game.hearTag({ holder: 2, count: 1 }, 1);
  expect(game.holder).toBe(2);
  game.hearTag({ holder: 3, count: 2 }, 2);
  expect(game.holder).toBe(1);
});

test('who is it catches whom they touch, and not the same moment back', () => {
  const game = besides();
  expect(game.catchOne()).toEqual({ holder: 2, count: 1 });
  expect(game.catchOne()).toBeNull();
  game.hearTag({ holder: 1, count: 2 }, 2);
  expect(game.catchOne()).toBeNull();
  game.advance(2, still);
  expect(game.catchOne()).toEqual({ holder: 2, count: 3 });
});

test('who is not it, or is far away, catches nobody', () => {
  const caught = besides();
  caught.hearTag({ holder: 2, count: 1 }, 1);
  caught.advance(2, still);
  expect(caught.catchOne()).toBeNull();
  const far = new Game(1, { x: 100, y: 100 });
  far.hear(2, { number: 1, x: 500, y: 500 });
  far.advance(2, still);
  expect(far.catchOne()).toBeNull();
});

test('two tags at once end the same for everybody, in whichever order they are heard', () => {
  const tags = [
    { holder: 3, count: 5 },
    { holder: 2, count: 5 },
    { holder: 4, count: 4 },
  ];
  const [one, other] = [new Game(1), new Game(1)];
  for (const tag of tags) one.hearTag(tag, 1);
  for (const tag of [...tags].reverse()) other.hearTag(tag, 1);
  expect(one.tag).toEqual(other.tag);
  expect(one.hearTag(one.tag, 1)).toBe(false);
});

test('nobody of eight starts on top of another', () => {
  const starts = [1, 2, 3, 4, 5, 6, 7, 8].map(startOf);
  for (const [i, a] of starts.entries())
    for (const b of starts.slice(i + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(2 * RADIUS);
});

test('a game goes on from where another stood, and from nothing older', () => {
  const before = new Game(1);
  before.hearTag({ holder: 2, count: 1 }, 1);
  before.hearTag({ holder: 3, count: 2 }, 2);
  before.hearTag({ holder: 2, count: 3 }, 3);
  const after = new Game(4);
  expect(after.restore(before.stand)).toBe(true);
  expect(after.tag).toEqual({ holder: 2, count: 3 });
  expect([1, 2, 3, 4].map((peerId) => after.scoreOf(peerId))).toEqual([1, 1, 1, 0]);
  after.hearTag({ holder: 1, count: 4 }, 2);
  expect(after.restore(before.stand)).toBe(false);
  expect(after.scoreOf(2)).toBe(2);
});
