import subprocess
import sys

import pytest

from config.command import SUBCOMMANDS, main
from tests.servers import PROJECT, headway, own_settings


def test_help_names_every_word(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--help"])

    assert left.value.code == 0
    text = capsys.readouterr().out
    assert [word for word in SUBCOMMANDS if f"    {word} " not in text] == []


@pytest.mark.parametrize("word", SUBCOMMANDS)
def test_every_word_explains_itself(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([word, "--help"])

    assert left.value.code == 0
    assert f"usage: headway {word}" in capsys.readouterr().out


def test_an_unknown_word_lists_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["sevre"])

    assert left.value.code == 2
    assert "serve" in capsys.readouterr().err


def test_help_does_not_wait_for_django() -> None:
    program = (
        "import sys; from config.command import build_parser, SUBCOMMANDS\n"
        "for word in SUBCOMMANDS: build_parser(word)\n"
        "sys.exit('django' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, check=False)

    assert done.returncode == 0


def test_a_wrong_setting_is_named(tmp_path: object) -> None:
    done = headway(own_settings(PROJECT / "var", mode="prodction"), "serve")

    assert done.returncode == 2
    assert "HEADWAY_MODE='prodction'" in done.stderr
    assert "production" in done.stderr
