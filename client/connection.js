// The line to the server, and the only file that knows socket.io. It never draws anything.
import { io } from "socket.io-client";
import { afterEvent, afterSnapshot, nothing } from "./state.js";

const ANSWER_WITHIN_MS = 6000;

/**
 * Opens the line.
 * @param {{changed: (state) => void, refused: () => void}} told  `refused`: the server no longer knows this screen
 * @returns {{start, restart, command, lost: () => boolean}}
 */
export function connection({ changed, refused }) {
  let state = nothing;
  let lost = false;
  let everConnected = false;
  const socket = io({
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    autoConnect: false,
    reconnectionDelay: 400,
    reconnectionDelayMax: 1000,
  });
  const now = () => performance.now();
  const keep = (next) => changed((state = next));
  const seen = (message) => message?.view && keep(afterSnapshot(state, message, now()));
  const since = () => socket.connected && socket.emit("since", state.seq, seen);

  // --- what the server tells ---
  socket.on("snapshot", seen);
  socket.on("event", (message) => {
    const folded = afterEvent(state, message, now());
    if (folded.missed) since();
    else keep(folded.state);
  });
  socket.on("connect", () => {
    lost = false;
    if (everConnected) since();
    everConnected = true;
    changed(state);
  });
  socket.on("disconnect", (reason) => {
    lost = true;
    changed(state);
    if (reason === "io server disconnect") refused();
  });
  socket.on("connect_error", () => {
    lost = true;
    changed(state);
    if (!socket.active) refused();
  });

  // --- a tablet that slept asks anew ---
  const woke = () => document.visibilityState === "visible" && (socket.connected ? since() : socket.connect());
  document.addEventListener("visibilitychange", woke);
  window.addEventListener("pageshow", (event) => event.persisted && woke());

  return {
    start: () => socket.connect(),
    stop: () => socket.disconnect(),
    lost: () => lost,
    /** Connects anew, so that the server looks again who this is. */
    restart() {
      state = nothing;
      everConnected = false;
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
