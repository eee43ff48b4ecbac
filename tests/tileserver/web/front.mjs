// What stands between a kiosk and its server: it can be away, and it can lose answers on their way back.
import { createServer, request } from "node:http";

/** A front on a port of its own, to which `address` says where the server is (it may move while it is away). */
export async function startedFront(address) {
  const state = { address, away: false, lost: 0, awayAfter: false, posts: [] };
  const listener = createServer((asked, reply) => {
    if (state.away) return asked.socket.destroy();
    if (asked.method === "POST") state.posts.push(asked.headers["idempotency-key"]);
    const target = new URL(asked.url, state.address);
    const onward = request(target, { method: asked.method, headers: asked.headers }, (answer) => {
      const lose = asked.method === "POST" && state.lost > 0;
      if (lose) {
        --state.lost;
        // All of it came, and none of it goes on.
        answer.resume().once("end", () => {
          state.away = state.awayAfter && state.lost === 0;
          asked.socket.destroy();
        });
        return;
      }
      reply.writeHead(answer.statusCode, answer.headers);
      answer.pipe(reply);
    });
    onward.once("error", () => asked.socket.destroy());
    asked.pipe(onward);
  });
  await new Promise((resolve) => listener.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${listener.address().port}`,
    /** Idempotency keys of all that was posted, those included whose answer was lost. */
    posts: state.posts,
    goAway() {
      state.away = true;
      listener.closeAllConnections();
    },
    comeBack(origin = state.address) {
      state.address = origin;
      state.away = false;
    },
    /** `thenAway`: nobody is there any more after the last that is lost. */
    loseAnswers(count, thenAway = false) {
      state.lost = count;
      state.awayAfter = thenAway;
    },
    end() {
      listener.closeAllConnections();
      return new Promise((resolve) => listener.close(resolve));
    },
  };
}
