#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""From docs/tapi3.md: a C++ file that compiles only if every member that a row names exists and is public."""
import pathlib
import re
import sys


def main(page, out):
    names = set()
    for line in pathlib.Path(page).read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if re.match(r"I[A-Z]\w+$", cells[1] if len(cells) > 4 else ""):
            names.update(re.findall(r"`([\w:]+)`", cells[3]))
    lines = ["// Made by tapi3_members.py of docs/tapi3.md.", '#include "trunkline/telephony.hpp"', "namespace named_in_tapi3_md {"]
    for number, name in enumerate(sorted(names)):
        # A using-declaration names overloaded functions, data and types alike.
        if "::" in name:
            owner = name.rsplit("::", 1)[0]
            lines.append(f"struct N{number} : tl::telephony::{owner} {{ using tl::telephony::{name}; }};")
        else:
            lines.append(f"using tl::telephony::{name};")
    lines.append(f"extern const int count; const int count = {len(names)};")
    lines.append("} // namespace named_in_tapi3_md")
    pathlib.Path(out).write_text("\n".join(lines) + "\n", encoding="utf-8")


main(*sys.argv[1:])
