#!/usr/bin/env node
"use strict";

// Runs the command of the platform's package: passes arguments, streams and signals on, and ends as it ends.

const { spawn } = require("node:child_process");
const { readdirSync, readFileSync, statSync, utimesSync } = require("node:fs");
const { constants } = require("node:os");
const { dirname, join } = require("node:path");

const NO_PLATFORM = 69;
const CANNOT_START = 6;

function launcher() {
    const name = `glulam-${process.platform}-${process.arch}`;
    try {
        return require.resolve(`${name}/glulam`);
    } catch {
        console.error(
            `glulam: the package ${name} is not installed: there is one for Linux on x64 only,` +
                " and npm must not leave out optional dependencies",
        );
        process.exit(NO_PLATFORM);
    }
}

/** Gives the libraries back the age that npm forgets: Java takes its class-data archive only with that. */
function settle(folder) {
    try {
        const age = Number(readFileSync(join(folder, "cds", "package.time"), "ascii"));
        for (const name of readdirSync(join(folder, "lib"))) {
            const path = join(folder, "lib", name);
            if (name.endsWith(".jar") && Math.trunc(statSync(path).mtimeMs / 1000) !== age) {
                utimesSync(path, age, age);
            }
        }
    } catch {
        // Where others own the files, starts take a little longer.
    }
}

const path = launcher();
settle(dirname(path));
const child = spawn(path, process.argv.slice(2), { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => child.kill(signal));
}
child.on("error", (failure) => {
    console.error(`glulam: ${failure.message}`);
    process.exit(CANNOT_START);
});
child.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
