// The page starts here: real line, real screen. Tests start `run` with a line of their own.
import { run } from "./app.js";
import { connection } from "./connection.js";
import * as pairing from "./pairing.js";

run({ mount: document.getElementById("page"), connection, pairing });
