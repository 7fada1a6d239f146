// The line to the server, and the only file that knows socket.io. It never draws anything.
import { io } from "socket.io-client";
import { afterEvent, afterSnapshot, heldUntil, nothing } from "./state.js";
import { whenBack } from "./waking.js";

const ANSWER_WITHIN_MS = 6000;
const SIGN_OF_LIFE_WITHIN_MS = 3000;
const AGAIN_MS = 1000;

/**
 * Opens the line.
 * @param {{changed: (state) => void, refused: () => void}} told  `refused`: the server closed the line, perhaps it no longer knows this screen
 * @returns {{start, stop, restart, command, lost: () => boolean}}
 */
export function connection({ changed, refused }) {
  let state = nothing;
  let lost = false;
  let wanted = false;
  let asking = false;
  let livedMs = 0;
  const socket = io({
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    autoConnect: false,
    reconnectionDelay: 300,
    reconnectionDelayMax: 500,
  });
  const now = () => performance.now();
  const keep = (next) => changed((state = next));

  /** Asks for the whole picture. A line that only seems to be there, as after a sleep, is let go at once and made anew. */
  function since() {
    if (!socket.connected || asking) return;
    asking = true;
    socket.timeout(SIGN_OF_LIFE_WITHIN_MS).emit("since", state.seq, (silent, answer) => {
      asking = false;
      if (silent) socket.connected && socket.io.engine?.close();
      else if (answer?.ok === false) setTimeout(since, AGAIN_MS);
    });
  }

  // --- what the server tells ---
  socket.on("snapshot", (message) => message?.view && keep(afterSnapshot(state, message, now())));
  socket.on("event", (message) => {
    const folded = afterEvent(state, message, now());
    if (folded.missed) since();
    else keep(folded.state);
  });
  socket.on("connect", () => {
    lost = false;
    asking = false;
    if (state.view) since();
    changed(state);
  });
  socket.io.on("ping", () => (livedMs = now()));
  socket.on("disconnect", (reason) => {
    // Until the line broke the picture was right, be it that nothing had changed for long.
    if (reason !== "ping timeout") livedMs = now();
    lost = true;
    keep(heldUntil(state, livedMs));
    if (reason === "io server disconnect") refused();
  });
  socket.on("connect_error", () => {
    lost = true;
    changed(state);
    if (!socket.active) refused();
  });

  // --- a screen that slept or looked away asks anew ---
  whenBack(() => wanted && (socket.connected ? since() : socket.connect()));

  return {
    start() {
      wanted = true;
      socket.connect();
    },
    stop() {
      wanted = false;
      socket.disconnect();
    },
    lost: () => lost,
    /** Connects anew, so that the server looks again who this is. */
    restart() {
      state = nothing;
      wanted = true;
      socket.disconnect();
      socket.connect();
    },
    /** Asks for something; answers {ok: true} or {ok: false, refused, say}. */
    async command(name, fields = {}) {
      if (!socket.connected) return { ok: false, refused: "no_line" };
      try {
        return (await socket.timeout(ANSWER_WITHIN_MS).emitWithAck("command", { command: name, ...fields })) ?? { ok: true };
      } catch {
        return { ok: false, refused: "no_answer" };
      }
    },
  };
}
