// Points and arcs on a circle round (0, 0); degrees run clockwise from the top.

/** A point at `degrees` on a circle of `radius`. */
export function point(radius, degrees) {
  const turn = ((degrees - 90) * Math.PI) / 180;
  return { x: round(radius * Math.cos(turn)), y: round(radius * Math.sin(turn)) };
}

/** Path of an arc from one angle to a larger one. */
export function arc(radius, from, to) {
  const a = point(radius, from);
  const b = point(radius, to);
  return `M${a.x},${a.y} A${radius},${radius} 0 ${to - from > 180 ? 1 : 0} 1 ${b.x},${b.y}`;
}

const round = (value) => Math.round(value * 100) / 100;
