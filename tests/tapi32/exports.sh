#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# exports.sh LIBRARY TAPI_H: the library exports every function that tapi.h declares, and nothing but these and trunkline_*.
set -eu
library=$1 header=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
grep -oE 'LONG WINAPI (line|phone|tapi)[A-Za-z]+' "$header" | awk '{ print $3 }' | sort -u > "$work/declared"
nm -D --defined-only "$library" | awk '{ sub(/@.*/, "", $3); print $3 }' | grep -v '^trunkline_' | sort -u > "$work/exported"
[ "$(wc -l < "$work/declared")" -ge 249 ] || { echo "only $(wc -l < "$work/declared") functions found in $header"; exit 1; }
diff "$work/declared" "$work/exported" || { echo "< declared but not exported; > exported but not declared"; exit 1; }
