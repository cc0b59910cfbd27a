"""The module as it is installed: python3 -m unittest test_glulam, with the wheel installed."""

import dataclasses
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import typing
import unittest
import xml.etree.ElementTree
from pathlib import Path

import glulam
from glulam import _command, _commands, _picture, _results, errors

#: docs/json.md, beside this file or at its place in the repository.
JSON_PAGE = next(
    path
    for path in (Path(__file__).parent / "json.md", Path(__file__).parent.parent.parent.parent / "docs" / "json.md")
    if path.exists())


class Folder(unittest.TestCase):
    """A folder with a fragmented file."""

    @classmethod
    def setUpClass(cls):
        cls.held = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.held.name)
        _command.run(["demo", "--row-groups", "20", "--keep", str(cls.folder / "demo")])
        cls.file = cls.folder / "demo" / "fragmented.parquet"

    @classmethod
    def tearDownClass(cls):
        cls.held.cleanup()


class CommandsTest(Folder):
    def test_a_file_is_inspected(self):
        file = glulam.inspect(self.file, columns=True)
        self.assertEqual(file.row_group_count, 20)
        self.assertEqual(len(file.row_groups), 20)
        self.assertEqual(file.fragments, 20)
        self.assertEqual(file.rows, sum(group.rows for group in file.row_groups))
        self.assertIsInstance(file.schema[0], glulam.SchemaField)
        self.assertGreater(len(file.columns), 0)

    def test_a_plan_is_what_compact_does(self):
        plan = glulam.plan(self.file, effort="copy")
        self.assertFalse(plan.is_empty)
        self.assertEqual(plan.settings["effort"], "COPY")
        out = self.folder / "planned.parquet"
        report = glulam.compact(self.file, out, plan=plan)
        self.assertTrue(report.published)
        self.assertEqual(report.after.rows, plan.groups[0].rows)
        self.assertTrue(glulam.plan(out, effort="copy").is_empty)

    def test_a_compacted_file_holds_the_same(self):
        out = self.folder / "compacted.parquet"
        report = glulam.compact(self.file, out, threshold=1 << 21, readers=["spark", "duckdb"])
        self.assertEqual(report.before.rows, report.after.rows)
        self.assertLess(report.after.row_groups, report.before.row_groups)
        self.assertTrue(glulam.verify(self.file, out))
        self.assertIsNone(report.traffic)

    def test_progress_is_told(self):
        told = []
        out = self.folder / "told.parquet"
        glulam.compact(self.file, out, progress=told.append)
        self.assertEqual({each.phase for each in told} - {"plan", "move", "verify", "publish"}, set())
        self.assertIn("move", [each.phase for each in told])
        self.assertTrue(all(each.done_bytes <= each.total_bytes for each in told if each.total_bytes))

    def test_a_listener_that_fails_ends_the_run(self):
        def fail(_):
            raise ZeroDivisionError

        out = self.folder / "ended.parquet"
        with self.assertRaises(ZeroDivisionError):
            glulam.compact(self.file, out, progress=fail)
        self.assertEqual([name for name in os.listdir(self.folder) if name.startswith("ended")], [])

    def test_files_are_merged(self):
        out = self.folder / "merged.parquet"
        twin = self.folder / "twin.parquet"
        twin.write_bytes(self.file.read_bytes())
        told = []
        report = glulam.merge([self.file, twin], out, effort="copy", progress=told.append)
        self.assertEqual([(each.event, each.output) for each in told if each.event], [("begun", str(out)), ("published", str(out))])
        self.assertEqual(max(each.read_files or 0 for each in told), 2)
        self.assertEqual(report.outcome, "MERGED")
        self.assertEqual(report.inputs.files, 2)
        difference = glulam.verify(self.file, out)
        self.assertFalse(difference)
        self.assertIsInstance(difference.difference, glulam.Difference)

    def test_the_first_rows_are_read(self):
        rows = glulam.head(self.file, 3)
        self.assertEqual(len(rows), 3)
        first = next(iter(rows[0]))
        self.assertEqual(glulam.head(self.file, 1, columns=[first]), [{first: rows[0][first]}])

    def test_a_file_in_place_keeps_a_backup(self):
        file = self.folder / "in place.parquet"
        file.write_bytes(self.file.read_bytes())
        glulam.compact(file, in_place=True, backup=".bak")
        self.assertEqual((self.folder / "in place.parquet.bak").read_bytes(), self.file.read_bytes())
        again = glulam.compact(file, in_place=True)
        self.assertTrue(again.nothing_to_do)
        self.assertFalse(again.published)

    def test_a_name_that_begins_with_a_dash_is_a_file(self):
        with self.assertRaises(glulam.StorageFailed):
            glulam.inspect("--help")

    def test_the_command_is_installed(self):
        for command in ([os.path.join(os.path.dirname(sys.executable), "glulam")], [sys.executable, "-m", "glulam"]):
            said = subprocess.run([*command, "version", "--json"], capture_output=True, text=True, check=True)
            self.assertIn("version", json.loads(said.stdout))
            self.assertEqual(subprocess.run([*command, "no-such"], capture_output=True).returncode, 2)


class FailuresTest(Folder):
    def test_an_absent_file(self):
        with self.assertRaises(glulam.StorageFailed) as caught:
            glulam.inspect(self.folder / "absent.parquet")
        self.assertEqual(caught.exception.exit_code, 6)
        self.assertIn("absent.parquet", str(caught.exception))

    def test_a_broken_file(self):
        broken = self.folder / "broken.parquet"
        broken.write_bytes(b"")
        for function in (glulam.inspect, glulam.plan, glulam.head, lambda file: glulam.compact(file, self.folder / "never")):
            with self.assertRaises(glulam.CorruptFile) as caught:
                function(broken)
            self.assertIn("empty", str(caught.exception))
        self.assertFalse((self.folder / "never").exists())

    def test_an_output_that_exists(self):
        out = self.folder / "exists.parquet"
        out.write_bytes(b"mine")
        with self.assertRaises(glulam.UsageError):
            glulam.compact(self.file, out)
        self.assertEqual(out.read_bytes(), b"mine")
        glulam.compact(self.file, out, force=True)
        self.assertTrue(glulam.verify(self.file, out))

    def test_a_source_that_changed_after_its_plan(self):
        file = self.folder / "changes.parquet"
        file.write_bytes(self.file.read_bytes())
        plan = glulam.plan(file)
        os.utime(file, (1, 1))
        with self.assertRaises(glulam.SourceChanged):
            glulam.compact(file, self.folder / "never", plan=plan)

    def test_an_object_without_credentials(self):
        kept = dict(os.environ)
        for name in list(os.environ):
            if name.startswith("AWS_"):
                del os.environ[name]
        os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
        try:
            with self.assertRaises(glulam.GlulamError):
                glulam.inspect("s3://bucket/key.parquet", endpoint="http://127.0.0.1:9")
        finally:
            os.environ.clear()
            os.environ.update(kept)

    def test_an_unknown_option(self):
        with self.assertRaises(TypeError):
            glulam.plan(self.file, treshold="1MiB")

    def test_every_exit_code_has_its_class(self):
        kinds = {code: errors.error_class(code) for code in (2, 3, 4, 5, 6, 7, 8, 69, 70, 130)}
        self.assertEqual(len(set(kinds.values())), len(kinds))
        self.assertIs(errors.error_class(143), glulam.Interrupted)
        self.assertIs(errors.error_class(-9), glulam.Interrupted)

    def test_an_interruption_ends_the_command_and_publishes_nothing(self):
        inputs = self.folder / "inputs"
        inputs.mkdir()
        for number in range(100):
            (inputs / f"{number}.parquet").write_bytes(self.file.read_bytes())
        out = self.folder / "interrupted.parquet"
        script = "import glulam, sys; print('begins', flush=True); glulam.merge(sys.argv[1], sys.argv[2], effort='smallest')"
        process = subprocess.Popen(
            [sys.executable, "-c", script, str(inputs), str(out)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            # A shell's background jobs ignore the signal, and their children do.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        self.assertEqual(process.stdout.readline(), "begins\n")
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
        self.assertIn("KeyboardInterrupt", err)
        self.assertEqual([name for name in os.listdir(self.folder) if "interrupted" in name], [])


class PicturesTest(Folder):
    HOSTILE = "<script>alert(1)</script>\"'&\x1b[31m\u202e\x00\ud800"

    def test_a_file_is_drawn_to_scale(self):
        picture = xml.etree.ElementTree.fromstring(glulam.inspect(self.file)._repr_svg_())
        bars = [each for each in picture if each.tag.endswith("rect")]
        self.assertEqual(len(bars), 20)
        self.assertAlmostEqual(sum(float(bar.get("width")) + 1 for bar in bars), 720, delta=1)

    def test_a_hundred_thousand_row_groups_make_a_small_picture(self):
        drawn = _picture.svg("many", [(1, 1, True)] * 100_000)
        self.assertLess(len(drawn), 300_000)
        self.assertTrue(xml.etree.ElementTree.fromstring(drawn))

    def test_names_are_escaped(self):
        file = dataclasses.replace(glulam.inspect(self.file), file=self.HOSTILE, created_by=self.HOSTILE)
        report = _results.build(_results.CompactReport, example("compact"))
        for shown in (file._repr_svg_(), file._repr_html_(), dataclasses.replace(report, source=self.HOSTILE)._repr_html_()):
            self.assertNotIn("<script", shown)
            for each in ("\x1b", "\u202e", "\x00", "\ud800"):
                self.assertNotIn(each, shown)
            xml.etree.ElementTree.fromstring(shown)


def example(name):
    page = JSON_PAGE.read_text(encoding="utf-8")
    return json.loads(re.search(rf"^```json {name}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)[1])


class ResultsTest(unittest.TestCase):
    """Every field that docs/json.md shows has its place."""

    KINDS = {
        "inspect": glulam.Inspection,
        "plan": glulam.Plan,
        "compact": glulam.CompactReport,
        "merge": glulam.MergeReport,
        "verify": glulam.Verification,
        "table-plan": glulam.TablePlan,
        "table-report": glulam.TableReport,
        "table-verify": glulam.TableVerification,
    }

    def test_no_field_of_the_documentation_is_missing(self):
        for name, kind in self.KINDS.items():
            with self.subTest(name):
                self.hold(_results.build(kind, example(name)), example(name), name)

    def hold(self, built, document, place):
        for key, value in document.items():
            self.assertTrue(hasattr(built, key), f"{place}.{key}")
            mine = getattr(built, key)
            for one, other in zip(mine, value) if isinstance(value, list) else [(mine, value)]:
                if dataclasses.is_dataclass(one):
                    self.hold(one, other, f"{place}.{key}")

    def test_no_field_of_progress_is_missing(self):
        section = JSON_PAGE.read_text(encoding="utf-8").split("\n## Progress\n")[1].split("\n## ")[0]
        lines = [line for line in section.splitlines() if line.startswith("{")]
        self.assertGreater(len(lines), 4)
        for line in lines:
            with self.subTest(line):
                told = _command._told(line)
                self.assertEqual({key: value for key, value in vars(told).items() if value is not None}, json.loads(line))

    def test_fields_of_later_versions_are_passed_over(self):
        self.assertTrue(_results.build(glulam.Verification, {"equal": True, "difference": None, "later": 1}))

    def test_every_option_of_a_function_is_known_to_the_command(self):
        for command, options in (("compact", _commands.Settings), ("merge", _commands.Settings), ("plan", _commands.Settings),
                                 ("inspect", _commands.Looking), ("verify", _commands.Comparing), ("head", _commands.Reading)):
            known = _command.run([command, "--help-all"])
            for name in typing.get_type_hints(options):
                self.assertIn("--" + name.replace("_", "-"), known, command)


if __name__ == "__main__":
    unittest.main()
