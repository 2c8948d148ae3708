// The logo as a PNG for home screens: its few shapes drawn by hand, because nothing at hand turns SVG into pixels.
import { crc32, deflateSync } from "node:zlib";

const GROUND = [11, 97, 112];
// The curves of images/logo.svg on its grid of 32: M6 y c4-5 7-5 10-1 s6 4 10-1.
const WAVES = [
  { y: 21, colour: [255, 255, 255] },
  { y: 14, colour: [185, 216, 221] },
];
const HALF_WIDTH = 1.3;
const STEPS = 60;

function bezier([ax, ay], [bx, by], [cx, cy], [dx, dy], t) {
  const u = 1 - t;
  const mix = (a, b, c, d) => u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
  return [mix(ax, bx, cx, dx), mix(ay, by, cy, dy)];
}

function wavePoints(y) {
  const points = [];
  for (let step = 0; step <= STEPS; step++) points.push(bezier([6, y], [10, y - 5], [13, y - 5], [16, y - 1], step / STEPS));
  for (let step = 1; step <= STEPS; step++) points.push(bezier([16, y - 1], [19, y + 3], [22, y + 3], [26, y - 2], step / STEPS));
  return points;
}

/** A square that fills its frame, so that a system may cut it into its own shape. */
export function iconPng(size) {
  const scale = 32 / size;
  const waves = WAVES.map(({ y, colour }) => ({ points: wavePoints(y), colour }));
  const rows = Buffer.alloc(size * (1 + 3 * size));
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [x, y] = [(column + 0.5) * scale, (row + 0.5) * scale];
      let pixel = GROUND;
      for (const { points, colour } of waves) {
        const nearest = Math.min(...points.map(([px, py]) => Math.hypot(px - x, py - y)));
        const cover = Math.max(0, Math.min(1, (HALF_WIDTH - nearest) / scale + 0.5));
        pixel = pixel.map((value, channel) => Math.round(value + (colour[channel] - value) * cover));
      }
      rows.set(pixel, row * (1 + 3 * size) + 1 + 3 * column);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", deflateSync(rows, { level: 9 })), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
