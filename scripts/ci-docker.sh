#!/usr/bin/env bash
# A container engine of its own for the tests that want one (tests/AITrader.Containers.Tests), where root and apt can make one.
#   ci-docker.sh start FOLDER    prints AITRADER_TEST_DOCKER_HOST=…, or nothing where there is an engine already, or none to be had
#   ci-docker.sh stop FOLDER
# Not DOCKER_HOST: `./aitrader up` would take an engine without images for one that has a registry.
set -euo pipefail

usage() { echo "usage: $0 start|stop FOLDER" >&2; exit 2; }
skip() { echo "ci-docker: tests with containers are skipped: $1" >&2; exit 0; }

[ $# -eq 2 ] || usage
folder=$2
socket="unix://$folder/docker.sock"

run() { # STORAGE-DRIVER...
    dockerd --data-root "$folder/data" --exec-root "$folder/exec" --pidfile "$folder/pid" --host "$socket" "$@" >"$folder/log" 2>&1 </dev/null &
    local engine=$!
    for _ in $(seq 60); do
        if docker --host "$socket" version >/dev/null 2>&1; then return 0; fi
        kill -0 $engine 2>/dev/null || return 1
        sleep 0.5
    done
    stop
    return 1
}

stop() {
    [ -f "$folder/pid" ] || return 0
    local engine
    engine=$(cat "$folder/pid")
    kill "$engine" 2>/dev/null || return 0
    for _ in $(seq 60); do
        kill -0 "$engine" 2>/dev/null || return 0
        sleep 0.5
    done
    kill -KILL "$engine" 2>/dev/null || true
}

install() {
    export DEBIAN_FRONTEND=noninteractive
    timeout 180 apt-get install -y -qq --no-install-recommends docker.io >"$folder/apt" 2>&1 \
        || { timeout 60 apt-get update -qq && timeout 180 apt-get install -y -qq --no-install-recommends docker.io; } >>"$folder/apt" 2>&1
}

case $1 in
    start)
        mkdir -p "$folder"
        if docker version >/dev/null 2>&1; then exit 0; fi
        [ "$(uname -s)" = Linux ] && [ "$(id -u)" = 0 ] || skip "no engine answers, and only root on Linux can start one"
        if ! command -v dockerd >/dev/null || ! command -v docker >/dev/null; then
            command -v apt-get >/dev/null || skip "no engine is installed, and there is no apt-get"
            install || skip "docker.io cannot be installed: $(tail -1 "$folder/apt")"
        fi
        # vfs works on every file system, slowly.
        run || run --storage-driver vfs || skip "dockerd does not start: $(tail -1 "$folder/log")"
        echo "AITRADER_TEST_DOCKER_HOST=$socket"
        ;;
    stop)
        stop
        rm -rf "$folder"
        ;;
    *) usage ;;
esac
