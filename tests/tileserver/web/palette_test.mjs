// The tiers of the default rules stay apart for readers who see colours differently, on screen and in print.
// Colours are read from the rules file that GEOPRIO_RULES names.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

/** Code, fill and pattern of every tier that has a fill. */
function tiersOf(rules) {
  return rules
    .split("[[tiers]]")
    .slice(1)
    .map((table) => Object.fromEntries([...table.matchAll(/^(code|fill|pattern|outline) = "([^"]*)"/gm)].map((match) => match.slice(1))))
    .filter((tier) => tier.fill);
}

const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);

function linearColour(text) {
  return [1, 3, 5].map((at) => linear(Number.parseInt(text.slice(at, at + 2), 16) / 255));
}

// Machado, Oliveira and Fernandes (2009), table for severity 1.0, on linear RGB.
const sights = {
  "full colour": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
  "no colour": [[0.2126, 0.7152, 0.0722], [0.2126, 0.7152, 0.0722], [0.2126, 0.7152, 0.0722]],
};

const seen = (matrix, colour) =>
  matrix.map((row) => Math.min(1, Math.max(0, row[0] * colour[0] + row[1] * colour[1] + row[2] * colour[2])));

/** CIE L*a*b* under D65, from linear sRGB. */
function lab([red, green, blue]) {
  const x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047;
  const y = 0.2126729 * red + 0.7151522 * green + 0.072175 * blue;
  const z = (0.0193339 * red + 0.119192 * green + 0.9503041 * blue) / 1.08883;
  const [fx, fy, fz] = [x, y, z].map((t) => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 / 116) * t + 16 / 116));
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}

const distance = (a, b) => Math.hypot(...a.map((part, index) => part - b[index]));

const tiers = tiersOf(readFileSync(process.env.GEOPRIO_RULES, "utf8"));

test("the rules file has tiers to look at", () => assert.ok(tiers.length >= 3));

for (const [sight, matrix] of Object.entries(sights))
  test(`every two tiers stay apart with ${sight}`, () => {
    for (const one of tiers)
      for (const other of tiers) {
        if (one.code >= other.code) continue;
        const apart = distance(lab(seen(matrix, linearColour(one.fill))), lab(seen(matrix, linearColour(other.fill))));
        // 2.3 is just noticeable side by side (Mahy and others, 1994); patches apart on a map need about ten times it.
        const needed = sight === "no colour" ? 10 : 25;
        assert.ok(apart >= needed, `${one.code} and ${other.code}: ${apart.toFixed(1)}`);
      }
  });

test("no two tiers share a pattern: they are told apart without any colour", () => {
  assert.equal(new Set(tiers.map((tier) => tier.pattern)).size, tiers.length);
});

const luminance = ([red, green, blue]) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;

/** WCAG 2.2's contrast ratio of two linear colours. */
function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

test("every tier's outline stands out from the ground of the communes, 3 to 1", () => {
  // WCAG 2.2, 1.4.11; the ground is styles.cpp's commune_ground.
  const ground = linearColour("#F7F6F3");
  for (const { code, outline } of tiers) {
    const ratio = contrast(linearColour(outline), ground);
    assert.ok(ratio >= 3, `${code}: ${ratio.toFixed(2)}`);
  }
});

test("every pattern stands out from its fill, 3 to 1", () => {
  for (const { code, fill, pattern, outline } of tiers) {
    if (pattern === "solid") continue;
    const ground = linearColour(fill);
    // As sprites.cpp draws it: on a dark fill 85 % of the way to white, on a light one in the outline's colour.
    const parts = [1, 3, 5].map((at) => Number.parseInt(fill.slice(at, at + 2), 16) / 255);
    const light = parts.map((part) => linear(part + (1 - part) * 0.85));
    const ratio = contrast(luminance(ground) < 0.35 ? light : linearColour(outline), ground);
    assert.ok(ratio >= 3, `${code}: ${ratio.toFixed(2)}`);
  }
});
