"""Data files: standards, programmes, rule sets, templates; shipped ones and the person's own.

Files are TOML. The shipped ones lie in ``seed/``; a person's own, of the same shape and in
folders of the same names, lie in the data folder and are offered beside them. A broken
file is refused with its name, the place in it and the reason.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Generic, TypeVar

from ksbtui.core.entry.forms import Form, form_fault
from ksbtui.core.programme.programmes import Programme, RuleSet
from ksbtui.core.programme.standards import Standard
from ksbtui.core.text.reflections import Template, template_faults
from ksbtui.errors import NotFound, SeedProblem
from ksbtui.store.files.paths import data_folder

Table = dict[str, Any]
T = TypeVar("T")


def seed_root() -> Path:
    """The shipped data: inside the installed package, or the checkout's ``seed/``."""
    installed = Path(str(files("ksbtui"))) / "seed"
    if installed.is_dir():
        return installed
    checkout = Path(__file__).resolve().parents[4] / "seed"
    if checkout.is_dir():
        return checkout
    raise SeedProblem("The data files that belong to ksbtui are missing.", "Install ksbtui again.")


def seed_files(folder: str) -> Iterator[Path]:
    """Every data file of a folder (``standards``, ``reflections`` …): shipped, then own."""
    yield from sorted((seed_root() / folder).glob("*.toml"))
    yield from sorted((data_folder() / folder).glob("*.toml"))


def read_table(path: Path) -> Table:
    """Read one TOML file, or refuse it with the line that is broken."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise SeedProblem(
            f"{path} cannot be read: {problem.strerror}.", "Check the file and its permissions."
        ) from problem
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise SeedProblem(
            f"{path} is not a valid TOML file: {problem}.",
            "Correct that part of the file, or remove the file.",
        ) from problem


def validated(path: Path, type_: Any, table: Table) -> Any:
    """Make a core dataclass of a table; refuse unknown, missing or ill-typed fields."""
    # deferred: pydantic takes longer to load than all else here
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(type_).validate_python(table)
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"]) or "top level"
        raise SeedProblem(
            f"{path}, {place}: {first['msg']}.", "Correct that field, or remove the file."
        ) from problem


def checked(path: Path, item: T, faults: Iterable[str]) -> T:
    """What a file holds, refused with the first of its faults."""
    for fault in faults:
        raise SeedProblem(f"{path}, {fault}.", "Correct that part of the file, or remove the file.")
    return item


@dataclass(frozen=True, slots=True)
class Offered(Generic[T]):
    """What a folder of data files holds, by id, and the files that were refused."""

    items: Mapping[str, T]
    problems: tuple[SeedProblem, ...] = ()


def _read_all(folder: str, read: Callable[[Path], T], key: Callable[[T], str]) -> Offered[T]:
    """Read every file of a folder; one broken file does not hide the others."""
    items: dict[str, T] = {}
    problems = []
    for path in seed_files(folder):
        try:
            item = _once(read, path)
        except SeedProblem as problem:
            problems.append(problem)
        else:
            items[key(item)] = item
    return Offered(items, tuple(problems))


_known: dict[tuple[Callable[[Path], Any], Path], tuple[tuple[int, int], Any]] = {}


def _once(read: Callable[[Path], T], path: Path) -> T:
    """What a file holds, read again only once it has changed: set-up asks for it at every key."""
    state = path.stat()
    stamp = (state.st_mtime_ns, state.st_size)
    known = _known.get((read, path))
    if known is None or known[0] != stamp:
        known = _known[read, path] = (stamp, read(path))
    item: T = known[1]
    return item


def standards() -> Offered[Standard]:
    """Read every standard and unit on offer, by id (``ST1512-2.0``)."""
    return _read_all("standards", read_standard, lambda standard: standard.id)


def programmes() -> Offered[Programme]:
    """Read every programme on offer, by id."""
    return _read_all("programmes", read_programme, lambda programme: programme.id)


def rule_sets() -> Offered[RuleSet]:
    """Read every rule set, by id."""
    return _read_all("rules", read_rules, lambda rules: rules.id)


def reflections() -> Offered[Template]:
    """Read every reflection template on offer, by id; a broken one is named and left out."""
    return _read_all("reflections", read_template, lambda template: template.id)


def read_template(path: Path) -> Template:
    """Read a reflection template and check its stages."""
    template: Template = validated(path, Template, read_table(path))
    return checked(path, template, template_faults(template))


def forms() -> Offered[Form]:
    """Read every provider's form on offer, by id; a broken one is named and left out."""
    return _read_all("forms", read_form, lambda form: form.id)


def read_form(path: Path) -> Form:
    """Read a provider's form and check that its boxes can be filled."""
    form: Form = validated(path, Form, read_table(path))
    return checked(path, form, filter(None, [form_fault(form)]))


def thesaurus() -> dict[str, list[str]]:
    """The ideas of the thesaurus with their words; empty where the file is missing."""
    path = seed_root() / "thesaurus.toml"
    ideas: dict[str, list[str]] = read_table(path)["ideas"] if path.is_file() else {}
    return ideas


def stems() -> dict[str, str]:
    """Stems known beforehand, by word; empty where the file is missing."""
    path = seed_root() / "stems.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return {word: stem for word, stem in map(str.split, lines)}


def stem(word: str) -> str:
    """The stem of a lower-case English word; the stemmer is loaded for the first one."""
    return _stemmer()(word)


@cache
def _stemmer() -> Callable[[str], str]:
    from snowballstemmer import stemmer

    stem: Callable[[str], str] = stemmer("english").stemWord
    return stem


def reflection_headings() -> frozenset[str]:
    """Every stage heading of the templates on offer, without judging them (a save asks)."""
    headings: set[str] = set()
    for path in seed_files("reflections"):
        try:
            stages = read_table(path).get("stages", [])
        except SeedProblem:
            continue
        if isinstance(stages, list):
            named = [stage.get("heading") for stage in stages if isinstance(stage, dict)]
            headings.update(heading for heading in named if isinstance(heading, str))
    return frozenset(headings)


def find(offered: Offered[T], id: str, what: str) -> T:
    """Pick one by id, or refuse with what there is (a broken file of that name first)."""
    if id in offered.items:
        return offered.items[id]
    if offered.problems:
        raise offered.problems[0]
    raise NotFound(f"There is no {what} called {id}.", f"There are: {', '.join(offered.items)}.")


def rules_for(kind: str, start: date) -> RuleSet:
    """Pick the newest rule set of a kind in force on a start day, else the oldest of all.

    Whoever starts before the oldest has another regime; agreed hours must then be given
    (:func:`ksbtui.core.programme.agreement.resolve_target`).
    """
    fitting = [rules for rules in rule_sets().items.values() if rules.kind == kind]
    if not fitting:
        raise NotFound(f"There is no rule set for a {kind}.", "Install ksbtui again.")
    fitting.sort(key=lambda rules: rules.starts_from or date.min)
    begun = [r for r in fitting if r.starts_from is None or r.starts_from <= start]
    return (begun or fitting[:1])[-1]


def rules_since(kind: str, start: date) -> tuple[str, date | None]:
    """Id and first start day of the rules for a start, read without checking the files.

    The app asks at every start; the checks of :func:`rules_for` load a library.
    """
    begun: list[tuple[date, str]] = []
    for path in seed_files("rules"):
        try:
            table = read_table(path)
        except SeedProblem:
            continue
        first = table.get("starts_from", date.min)
        if table.get("kind") == kind and isinstance(first, date) and first <= start:
            begun.append((first, str(table.get("id", ""))))
    first, id = max(begun, default=(date.min, ""))
    return id, None if first == date.min else first


def read_standard(path: Path) -> Standard:
    """Read a standard's file and check that its codes hang together."""
    standard: Standard = validated(path, Standard, _standard_table(path))
    return with_hints(with_notice(checked(path, standard, _standard_faults(standard))))


def _standard_table(path: Path) -> Table:
    """A standard's table; what it does not say comes from the shipped file it is ``same_as``."""
    table = read_table(path)
    base = str(table.pop("same_as", ""))
    if not base:
        return table
    shipped = seed_root() / "standards" / f"{base}.toml"
    if shipped == path or shipped.parent.name != "standards" or not shipped.is_file():
        raise SeedProblem(
            f"{path}, same_as: ksbtui has no standard {base}.",
            "Use one such as st1512-2.0, or write the whole standard.",
        )
    return read_table(shipped) | table


def _standard_faults(standard: Standard) -> Iterator[str]:
    codes = [ksb.code for ksb in standard.ksbs]
    if standard.kind not in ("apprenticeship", "unit"):
        yield f"kind: {standard.kind!r} is not apprenticeship or unit"
    if not codes:
        yield "ksbs: there are none"
    for index, code in enumerate(codes):
        if not (code[:1] in ("K", "S", "B") and code[1:].isdigit()):
            yield f"ksbs.{index}.code: {code!r} is not a letter K, S or B and a number"
        if code in codes[:index]:
            yield f"ksbs.{index}.code: {code} appears twice"
    for name, groups in (("duties", standard.duties), ("outcomes", standard.outcomes)):
        for group in groups:
            for code in group.ksbs:
                if code not in codes:
                    yield f"{name} {group.number}: {code} is not among the KSBs"


def with_notice(standard: Standard) -> Standard:
    """Lay over a standard what became known after its page was published."""
    for notice in read_table(seed_root() / "notices.toml")["notices"]:
        if (notice["ref"], notice["version"]) == (standard.ref, standard.version):
            standard = replace(
                standard,
                starts_from=standard.starts_from or notice.get("starts_from"),
                starts_to=standard.starts_to or notice.get("starts_to"),
                notice=notice["text"],
            )
    return standard


def with_hints(standard: Standard) -> Standard:
    """Lay our own short names and plain hints over a standard's statements, where written."""
    return _laid_over(standard, standard.ref.lower())


def with_examples(standard: Standard, programme: str) -> Standard:
    """Lay the hints of a programme over a standard's own, such as examples from councils."""
    return _laid_over(standard, programme)


def _laid_over(standard: Standard, name: str) -> Standard:
    path = seed_root() / "hints" / f"{name}.toml"
    if path.parent.name != "hints" or not path.is_file():
        return standard
    hints = read_table(path)
    return replace(
        standard,
        ksbs=tuple(replace(ksb, **hints.get(ksb.code, {})) for ksb in standard.ksbs),
    )


def duty_names(ref: str) -> dict[int, str]:
    """Our own short names for a standard's duties, by number; empty where none were written."""
    path = seed_root() / "duties" / f"{ref.lower()}.toml"
    if not ref.isalnum() or not path.is_file():
        return {}
    return {int(number): name for number, name in read_table(path).items()}


def read_programme(path: Path) -> Programme:
    """Read a programme's file and check that its months or weeks hang together."""
    table = read_table(path)
    for module in table.get("modules", []):
        module["from_"] = module.pop("from", None)
    programme: Programme = validated(path, Programme, table)
    return checked(path, programme, _programme_faults(programme))


def _programme_faults(programme: Programme) -> Iterator[str]:
    if programme.unit not in ("month", "week"):
        yield f"unit: {programme.unit!r} is not month or week"
    if programme.length < 1:
        yield "length: a programme lasts at least one month or week"
    numbers = [module.number for module in programme.modules]
    for module in programme.modules:
        if not 1 <= module.from_ <= module.to <= programme.length:
            yield f"module {module.number}: {module.from_} to {module.to} is outside the programme"
        if numbers.count(module.number) > 1:
            yield f"module {module.number}: the number appears twice"
    for milestone in programme.milestones:
        if not 1 <= milestone.at <= programme.length:
            yield f"milestone {milestone.id}: at = {milestone.at} is outside the programme"
        if milestone.on not in ("first-day", "last-day"):
            yield f"milestone {milestone.id}: on = {milestone.on!r} is not a day"


def read_rules(path: Path) -> RuleSet:
    """Read a rule set's file; its predicates come from a fixed list."""
    from ksbtui.core.entry.rules import check_rules

    table = read_table(path)
    named = {"monthly": table.pop("monthly", {}), "reviews": table.pop("reviews", {})}
    table["monthly"] = named["monthly"].pop("every", "")
    table["active_types"] = named["monthly"].pop("active_types", ["english-maths"])
    table["notice_from_day"] = named["monthly"].pop("notice_from_day", 15)
    table["review_weeks"] = named["reviews"].pop("weeks", None)
    table["review_months"] = named["reviews"].pop("months", None)
    table["day_warn_minutes"] = table.pop("daily", {}).get("warn_over_minutes", 450)
    table["late_warn_days"] = table.pop("late", {}).get("warn_after_days", 14)
    table["codes_warn"] = table.pop("codes", {}).get("warn_over", 8)
    stated = [{"id": id, **rest} for id, rest in named.items() if rest]
    table["guidelines"] = stated + table.get("guidelines", [])
    rules: RuleSet = validated(path, RuleSet, table)
    check_rules(rules, str(path))
    return rules
