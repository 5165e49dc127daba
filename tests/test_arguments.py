"""The command line as a newcomer meets it: help with examples that work, statuses as documented."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from pipeline import __main__ as line
from pipeline.arguments import EPILOG, EXAMPLES, make_parser, read_arguments

ROOT = Path(__file__).parent.parent


def commands_in(example: str) -> list[str]:
    """The words of an example, without the explanation behind it or what the shell does."""
    told = re.split(r"\s{3,}|\s<\s", example)[0]
    return shlex.split(told)


def test_every_command_has_examples() -> None:
    assert set(EXAMPLES) == set(line.COMMANDS)
    assert all(EXAMPLES.values())


@pytest.mark.parametrize("example", [e for examples in EXAMPLES.values() for e in examples])
def test_every_example_is_understood(example: str) -> None:
    options = make_parser().parse_args(commands_in(example))
    assert options.command in line.COMMANDS


@pytest.mark.parametrize("command", sorted(EXAMPLES))
def test_the_help_of_a_command_ends_with_its_examples(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        make_parser().parse_args([command, "--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert "examples:" in shown
    assert EXAMPLES[command][0].split("  ")[0] in shown


@pytest.mark.parametrize(
    "words",
    [
        "no-such-command",
        "query organs patient_id",
        "query organs =1",
        "run --workers 0",
        "import",
        "run --shards /tmp",
    ],
)
def test_wrong_usage_is_status_two(words: str) -> None:
    with pytest.raises(SystemExit) as ended:
        read_arguments(words.split())
    assert ended.value.code == 2


def test_the_statuses_are_those_that_help_and_readme_name() -> None:
    told = {int(number) for number in re.findall(r"^  (\d)  ", EPILOG, re.MULTILINE)}
    assert told == {line.DONE, line.NOT_DONE, 2, line.DONE_WITH_REMARKS}
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (sentence,) = re.findall(r"^Exit status: .*$", readme, re.MULTILINE)
    assert {int(number) for number in re.findall(r"\b(\d) ", sentence)} == told


def test_help_names_every_setting() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    for name in re.findall(r"^([A-Z_]+)=", example, re.MULTILINE):
        assert name in EPILOG, name


def test_nothing_is_coloured_where_nobody_looks() -> None:
    """Escape codes would end up in files and pipes; there are none anywhere."""
    for path in (ROOT / "pipeline").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "\\033[" not in text, path
        assert "\\x1b[" not in text, path
