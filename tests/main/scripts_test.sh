#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The scripts: clean for shellcheck, and their options do what their help says, without building anything.
set -euo pipefail
root="$(dirname "$(dirname "$(dirname "$(readlink -f "$0")")")")"
scripts=("$root/run" "$root/test" "$root/.ci/run" "$root/tools/install-packages")

fail() {
  echo "failed: $1" >&2
  exit 1
}

shellcheck "${scripts[@]}" "$0"

"$root/run" --help | grep -q -- --build-only || fail "./run --help names --build-only"
if output="$("$root/run" --build-only surplus 2>&1)"; then fail "a surplus argument is accepted"; fi
grep -q surplus <<<"$output" || fail "the surplus argument is not named: $output"

# What is installed needs no root, no network and no word.
output="$("$root/tools/install-packages" build test demo 2>&1)" || fail "install-packages: $output"
[ -z "$output" ] || fail "install-packages said: $output"
if output="$("$root/tools/install-packages" nonesuch 2>&1)"; then fail "an unknown section is accepted"; fi
grep -q "section \[nonesuch\] not found" <<<"$output" || fail "the unknown section is not named: $output"

# A package that is missing, seen by a user who may not install: named, with the command to run.
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cp "$root/tools/install-packages" "$work/"
printf '[build]\nno-such-package-1\n' >"$work/packages.txt"
printf '#!/bin/sh\necho 1000\n' >"$work/id"
chmod 755 "$work/id"
bare="$work/bin"
mkdir "$bare"
for tool in bash awk grep dirname readlink dpkg-query apt-get; do ln -s "$(command -v $tool)" "$bare/$tool"; done
mv "$work/id" "$bare/id"
if output="$(PATH="$bare" "$work/install-packages" build 2>&1)"; then fail "a missing package is not noticed"; fi
grep -q "neither root nor sudo: .*no-such-package-1" <<<"$output" || fail "no advice without root: $output"
echo "good"
