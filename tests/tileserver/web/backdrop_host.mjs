// Another host than the server under test, on a port of its own: what an operator's backdrop is asked of.
import { createServer } from "node:http";
import { deflateSync } from "node:zlib";

function chunk(type, content) {
  const named = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(content.length, 0);
  named.copy(framed, 4);
  let crc = 0xffffffff;
  for (const byte of named) {
    crc ^= byte;
    for (let bit = 0; bit < 8; ++bit) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  framed.writeUInt32BE((crc ^ 0xffffffff) >>> 0, named.length + 4);
  return framed;
}

/** A picture of one colour (PNG, RFC 2083). */
export function png(side, [red, green, blue]) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 2], 8); // eight bits, true colour
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(side * 3).map((_, at) => [red, green, blue][at % 3])]);
  const rows = Buffer.concat(Array.from({ length: side }, () => row));
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

/** `files`: by path, `{ type, body }`; by parts (RFC 9110 §14) as archives are read. */
export async function startedHost(files) {
  const asked = [];
  const listener = createServer((request, reply) => {
    const { pathname } = new URL(request.url, "http://host");
    asked.push(pathname);
    const file = files(pathname);
    const headers = { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "Range", "Access-Control-Expose-Headers": "Content-Range, ETag" };
    if (request.method === "OPTIONS" || file === null) return reply.writeHead(file === null ? 404 : 204, headers).end();
    const part = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "");
    const [first, last] = part === null ? [0, file.body.length - 1] : [Number(part[1]), Math.min(Number(part[2]), file.body.length - 1)];
    const range = part === null ? {} : { "Content-Range": `bytes ${first}-${last}/${file.body.length}` };
    reply.writeHead(part === null ? 200 : 206, { ...headers, ...range, "Content-Type": file.type, ETag: '"one"' });
    return reply.end(file.body.subarray(first, last + 1));
  });
  await new Promise((resolve) => listener.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${listener.address().port}`,
    asked,
    end() {
      listener.closeAllConnections();
      return new Promise((resolve) => listener.close(resolve));
    },
  };
}
