"""Getting ready on a standard without duties, with a single KSB, or without behaviours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ksbtui.store.files.paths import data_folder
from ksbtui.store.seed import seeds
from tests.cli.kit import Shell

PROGRAMME = "st9050-plain-12-months"
HEAD = "# Lamp lighter (ST9050)\n\nVersion: 1.0\n\n"
STANDARDS = {
    "no duties": "## Knowledge\n- K1: Wicks.\n\n## Skills\n- S1: Trim a wick.\n\n"
    "## Behaviours\n- B1: Works safely.\n",
    "one KSB": "## Knowledge\n- K1: Wicks and what they burn.\n",
    "no behaviours": "## Knowledge\n- K1: Wicks.\n\n## Skills\n- S1: Trim a wick.\n",
}
COMMANDS = (
    ("discuss", "next"),
    ("discuss", "list"),
    ("discuss", "evidence"),
    ("discuss", "stories"),
    ("discuss", "mock", "start"),
    ("discuss", "mock"),
    ("scan",),
    ("scan", "rate", "K1", "2"),
    ("scan", "show"),
    ("gateway",),
    ("gateway", "verify", "B1", "--by", "Colin Marsh"),
    ("coverage",),
    ("coverage", "--by", "duty"),
    ("coverage", "--by", "outcome"),
    ("coverage", "--gaps"),
    ("project",),
    ("review",),
    ("review", "verify", "B1", "--by", "Colin Marsh"),
    ("status",),
    ("next",),
)


@pytest.mark.parametrize("kind", STANDARDS)
@pytest.mark.parametrize("logged", [False, True], ids=["nothing logged", "one entry"])
def test_getting_ready_on_an_odd_standard(
    kind: str, logged: bool, bare: Shell, tmp_path: Path
) -> None:
    _own_gateway_list()
    file = tmp_path / "standard.md"
    file.write_text(HEAD + STANDARDS[kind], "utf-8")
    assert bare("standard", "import", str(file)).code == 0
    programme = ("--programme", PROGRAMME, "--target-hours", "300")
    done = bare("setup", "--standard", "ST9050", *programme, "--start", "2026-06-01")
    assert done.code == 0, done.err
    if logged:
        assert bare("log", "Trimmed wicks", "-t", "1h", "-k", "K1").code == 0
    for command in COMMANDS:
        refused = "B1" in command and kind != "no duties"
        ran = bare(*command, "--json")
        assert ran.code == int(refused), (command, ran.err)
        if refused:
            assert len(ran.err.strip().splitlines()) == 2, ran.err
        else:
            json.loads(ran.out)
            again = bare(*command)
            assert again.code == 0 or command == ("discuss", "mock", "start"), again


def _own_gateway_list() -> None:
    """Enter the odd programme a whole checklist, in the data folder as a provider's would be."""
    shipped = (seeds.seed_root() / "gateway" / "local-government-14-months.toml").read_text("utf-8")
    own = shipped.replace("local-government-14-months", PROGRAMME).replace("ST1512", "ST9050")
    folder = data_folder() / "gateway"
    folder.mkdir(parents=True)
    (folder / "own.toml").write_text(own, "utf-8")
