#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Proves that tapi.h and tspi.h mean what the Windows headers of these names mean.

The facts are the tables in reference/. From them this script writes C and asks compilers about it:

  values      every constant, sizeof, offsetof and field size, laid down as data and read back from the object file
  prototypes  every function redeclared from the table: a compiler refuses a declaration that differs
  mapping     what every name without suffix becomes, with and without UNICODE
  surplus     constants that our headers define and no table knows
  sample      linelist.c, compiled unchanged

Each question is put to our headers natively and, where MinGW is installed, to our headers and to MinGW's own, for
64 and 32 bit. Any answer that is not the table's fails, unless known_differences.tsv gives a reason; a reason that
is not needed any more fails too.
"""
import argparse
import csv
import pathlib
import re
import shutil
import struct
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
HEADERS = {"tapi.h", "tspi.h", "win32metadata only"}  # the TAPI 3 headers are not our subject
HANDLES_32 = ("HLINEAPP HLINE HCALL HCALLHUB HAGENT HAGENTSESSION HPHONEAPP HPHONE HPRIVATECHANNEL "
              "HTAPIMSPLINE HTAPIDIALOGINSTANCE DRV_REQUESTID").split()
HANDLES_PTR = ("HDRVLINE HDRVCALL HDRVPHONE HDRVMSPLINE HDRVDIALOGINSTANCE HTAPILINE HTAPICALL HTAPIPHONE "
               "HPROVIDER HICON HWND HINSTANCE HANDLE DWORD_PTR WPARAM").split()
BASE_TYPES = {"DWORD": 4, "LONG": 4, "WORD": 2, "BYTE": 1, "WCHAR": 2, "BOOL": 4, "GUID": 16, "SYSTEMTIME": 16,
              "CURRENCY": 8, "DATE": 8}
# Macros of ours that are no constants of the interface.
OWN_MACROS = {"TAPI_H", "TSPI_H", "TSPIAPI", "TAPI_NAME_AW", "TAPI_NO_UNSUFFIXED_NAMES", "TAPIERROR_FORMATMESSAGE"}


def table(name):
    with open(HERE / "reference" / name, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


class Target:
    """One compiler with one set of headers."""

    def __init__(self, header, system, bits, compiler, include):
        self.name = f"{header}/{system}"
        self.header, self.bits, self.compiler = header, bits, compiler
        self.flags = ["-I", str(include)] if header == "ours" else []

    def run(self, *arguments):
        return subprocess.run([*self.compiler, *self.flags, *map(str, arguments)], capture_output=True, text=True)

    def read_section(self, source, work):
        """Compiles `source` and returns its section .abi as a tuple of 32-bit numbers."""
        stem = work / self.name.replace("/", "-")
        compiled = self.run("-std=c99", "-w", "-c", source, "-o", f"{stem}.o")
        if compiled.returncode:
            sys.exit(f"{self.name}: {source} does not compile\n{compiled.stderr}")
        objcopy = self.run("-print-prog-name=objcopy").stdout.strip()
        subprocess.run([objcopy, "--dump-section", f".abi={stem}.bin", f"{stem}.o"], check=True)
        data = pathlib.Path(f"{stem}.bin").read_bytes()
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


class Report:
    """Collects answers that differ from the tables, and settles them with the known differences."""

    def __init__(self, targets):
        self.headers = {target.header for target in targets}
        self.known = {(r["header"], r["kind"], r["name"]): r["reason"] for r in table("known_differences.tsv")}
        self.used = set()
        self.rows = {}
        self.checks = 0

    def compare(self, target, kind, name, expected, found):
        self.checks += 1
        if found == expected:
            return
        key = (target.header, kind, name)
        if key in self.known:
            self.used.add(key)
        else:
            self.rows.setdefault((kind, name, expected), {})[target.name] = found

    def finish(self):
        for (kind, name, expected), found in self.rows.items():
            print(f"DIFFERS {kind} {name}: table {expected}; " + "; ".join(f"{t} {v}" for t, v in found.items()))
        stale = [k for k in self.known if k[0] in self.headers and k not in self.used]
        for header, kind, name in stale:
            print(f"STALE known difference of {header}: {kind} {name} agrees with the table")
        for header, kind, name in sorted(self.used):
            print(f"known: {header} {kind} {name}: {self.known[header, kind, name]}")
        print(f"{self.checks} answers compared, {len(self.rows)} differ, {len(self.used)} known differences")
        return 1 if self.rows or stale else 0


def value_rows():
    """(kind, name, guard, expression, {bits: expected}); guard is the macro without which there is no answer."""
    for row in table("tapi_constants.tsv"):
        if row["header"] in HEADERS:
            value = int(row["value_hex"], 16)
            yield "constant", row["name"], row["name"], row["name"], {64: value, 32: value}
    for row in table("tapi_structures.tsv"):
        name, field = row["struct"], row["field"]
        packing = "pack1" if row["off64_pack1"] else "natural"
        if row["order"] == "0":
            packing = "natural" if "declared in tspi.h" in row["note"] else "pack1"
            natural = packing == "natural"
            total = {bits: int(row[f"off{bits}_{packing}"]) for bits in (64, 32)}
            yield "sizeof", name, None, f"sizeof({name})", total
        elif row["order"] != "V":
            packing = "natural" if natural else "pack1"
            offset = {bits: int(row[f"off{bits}_{packing}"]) for bits in (64, 32)}
            size = {bits: int(row[f"size{bits}"]) for bits in (64, 32)}
            yield "offset", f"{name}.{field}", None, f"offsetof({name}, {field})", offset
            yield "field size", f"{name}.{field}", None, f"sizeof((({name} *)0)->{field})", size
    for name, size in BASE_TYPES.items():
        yield "sizeof", name, None, f"sizeof({name})", {64: size, 32: size}
    for name in HANDLES_32:
        yield "sizeof", name, None, f"sizeof({name})", {64: 4, 32: 4}
    for name in HANDLES_PTR:
        yield "sizeof", name, None, f"sizeof({name})", {64: 8, 32: 4}


def check_values(targets, report, work):
    rows = list(value_rows())
    lines = ["#include <stddef.h>", "#include <stdint.h>", "#include <tapi.h>", "#include <tspi.h>", "",
             "/* Two words a row: is there an answer, and the answer. */",
             '__attribute__((section(".abi"), used)) const uint32_t trunkline_abi[] = {']
    for _, _, guard, expression, _ in rows:
        answer = f"1, (uint32_t)({expression}),"
        lines += [f"#ifdef {guard}", answer, "#else", "0, 0,", "#endif"] if guard else [answer]
    lines.append("};")
    source = work / "values.c"
    source.write_text("\n".join(lines) + "\n")
    for target in targets:
        words = target.read_section(source, work)
        for index, (kind, name, _, _, expected) in enumerate(rows):
            form = hex if kind == "constant" else str
            found = form(words[2 * index + 1]) if words[2 * index] else "missing"
            report.compare(target, kind, name, form(expected[target.bits]), found)


def ansi(parameters):
    return re.sub(r"\bLP(C?)WSTR\b", r"LP\1STR", parameters)


def prototypes():
    """(name, declaration) of every exported function, and of every callback type."""
    for row in table("tapi_functions.tsv") + table("tspi_functions.tsv"):
        parameters = re.sub(r" \[\w+\](?=;|$)", "", row["params"]).replace("; ", ", ")
        name, kind = row["name"], row["return_type"].replace("VOID", "void")
        if "callback" in row["group"]:
            name = {"lineCallbackFunc": "LINECALLBACK", "phoneCallbackFunc": "PHONECALLBACK"}.get(name, name)
            yield name, f"extern {name} check_{name}; extern {kind} (CALLBACK *check_{name})({parameters});"
            continue
        suffixes = row.get("a_w", "none")
        forms = {"none": [(name, parameters)],
                 "A/W": [(name + "A", ansi(parameters)), (name + "W", parameters)],
                 "A/W+plain": [(name + "A", ansi(parameters)), (name + "W", parameters), (name, ansi(parameters))]}
        for form, text in forms[suffixes]:
            # sizeof refuses a name that is not declared yet; the redeclaration refuses one declared otherwise.
            yield form, f"extern char check_{form}[sizeof(&{form})]; {kind} WINAPI {form}({text});"
    for row in table("tapi_structures.tsv"):
        if row["order"] == "0":
            name = row["struct"]
            yield f"LP{name}", f"extern LP{name} check_LP{name}; extern {name} *check_LP{name};"


def mapped_names():
    return [row["name"] for row in table("tapi_functions.tsv") if row["a_w"] != "none"]


def check_prototypes(targets, report, work):
    declarations = list(prototypes())
    head = ["#define TAPI_NO_UNSUFFIXED_NAMES", "#include <tapi.h>", "#include <tspi.h>"]
    head += [f"#undef {name}" for name in mapped_names()]
    head += ["#ifdef __cplusplus", 'extern "C" {', "#endif"]
    tail = ["#ifdef __cplusplus", "}", "#endif"]
    source = work / "prototypes.c"
    source.write_text("\n".join(head + [text for _, text in declarations] + tail) + "\n")
    first = len(head) + 1
    for target in targets:
        for language in (["-x", "c", "-std=c99"], ["-x", "c++", "-std=c++20"]):
            output = target.run(*language, "-fsyntax-only", "-fmax-errors=0", "-w", source)
            bad = {int(n) - first for n in re.findall(r"prototypes\.c:(\d+):\d+: error", output.stderr)}
            if output.returncode and not bad:
                sys.exit(f"{target.name}: {source} does not compile\n{output.stderr}")
            for index, (name, _) in enumerate(declarations):
                report.compare(target, "prototype", name, "as in the table", "missing or different" if index in bad
                               else "as in the table")


def check_mapping(targets, report, work):
    source = work / "mapping.c"
    source.write_text("#include <tapi.h>\n" + "\n".join(f'"map {n}" {n}' for n in mapped_names()) + "\n")
    for target in targets:
        for flags, suffix in (([], "A"), (["-DUNICODE"], "W")):
            output = target.run("-E", "-P", *flags, source).stdout
            found = dict(re.findall(r'"map (\w+)"\s+(\w+)', output))
            for name in mapped_names():
                report.compare(target, "mapping", name, name + suffix, found.get(name, "missing"))


def check_surplus(target, report, work):
    known = {row["name"] for row in table("tapi_constants.tsv")} | set(mapped_names()) | OWN_MACROS
    source = work / "surplus.c"
    source.write_text("#include <tspi.h>\n")
    for name in re.findall(r"^#define (\w+)", target.run("-E", "-dM", source).stdout, re.M):
        if re.match(r"(LINE|PHONE|TAPI|TSPI|TUISPI|STRINGFORMAT|PRIVATEOBJECT)", name) and name not in known:
            report.compare(target, "surplus", name, "not defined", "defined")


def check_sample(targets, report):
    for target in targets:
        # gnu99: with UNICODE on Linux, TEXT() makes a u"" literal. As C++ with Windows' unsigned error codes, g++ (not
        # Microsoft's compiler) refuses to switch over a LONG result; ours are LONGs for that reason.
        cpp = ["-std=c++20"] + (["-Wno-narrowing", "-Wno-sign-compare"] if target.header == "mingw" else [])
        for language in (["-x", "c", "-std=gnu99"], ["-x", "c++", *cpp]):
            for unicode in ([], ["-DUNICODE"]):
                output = target.run(*language, *unicode, "-Wall", "-Wextra", "-Werror", "-fsyntax-only",
                                    HERE / "linelist.c")
                if output.returncode:
                    print(output.stderr, file=sys.stderr)
                report.compare(target, "sample", f"linelist.c {language[1]} {' '.join(unicode)}", "compiles",
                               "refused" if output.returncode else "compiles")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--include", type=pathlib.Path, required=True, help="folder of our tapi.h")
    parser.add_argument("--work", type=pathlib.Path, required=True, help="folder for what the check writes")
    parser.add_argument("--cc", default="gcc", help="native C compiler (default: %(default)s)")
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)

    native = Target("ours", "linux-64", struct.calcsize("P") * 8, [arguments.cc], arguments.include)
    targets = [native]
    for system, bits, compiler in (("windows-64", 64, "x86_64-w64-mingw32-gcc"),
                                   ("windows-32", 32, "i686-w64-mingw32-gcc")):
        if shutil.which(compiler):
            targets += [Target(header, system, bits, [compiler], arguments.include) for header in ("ours", "mingw")]
        else:
            print(f"skipped: no {compiler}, so nothing compared for {system}")

    report = Report(targets)
    check_values(targets, report, arguments.work)
    check_prototypes(targets, report, arguments.work)
    check_mapping(targets, report, arguments.work)
    check_surplus(native, report, arguments.work)
    check_sample(targets, report)
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
