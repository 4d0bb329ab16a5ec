"""``radiobutton``, ``dropdown`` and ``checkboxes``: options of a list; ``switch``: yes or no."""

from __future__ import annotations

from typing import Any, Final

from skvorets.core.catalog_fields import Field
from skvorets.core.field_types.base import Asker, FieldType, WrongValue, all_of, any_of, entries, limited, whole
from skvorets.storage.record_index import Test

MAX_OPTIONS: Final = 1000
_TRUE, _FALSE = frozenset({"true", "1"}), frozenset({"false", "0"})


class Checkboxes(FieldType):
    """Any number of options."""

    name = "checkboxes"
    order = "number"
    is_list = True

    def check_config(self, config: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
        """Give every option an id: the known ones keep theirs, others get numbers that were never given."""
        items = config.get("items", [])
        if not isinstance(items, list) or not all(isinstance(one, dict) for one in items) or len(items) > MAX_OPTIONS:
            raise WrongValue(f"config.items is a list of at most {MAX_OPTIONS} options")
        known = {str(one["id"]) for one in before.get("items", [])}
        last = max([int(before.get("lastItemId", 0)), *(int(one) for one in known)], default=0)
        kept: list[dict[str, Any]] = []
        for one in items:
            option_id = str(one.get("id", ""))
            if option_id not in known:
                last += 1
                option_id = str(last)
            kept.append({**one, "id": option_id})
        if len({one["id"] for one in kept}) < len(kept):
            raise WrongValue("two options have the same id")
        return {**config, "items": kept, "lastItemId": last}

    def read(self, given: Any, field: Field) -> Any:
        """Take a list of ids of options."""
        found = self._options(given, field)
        return [str(one) for one in found] or None

    def choices(self, value: Any) -> tuple[int, ...]:
        """Find it by its options."""
        return tuple(int(one) for one in value or ())

    def number(self, value: Any) -> float | None:
        """Order by the first option."""
        return next((float(one) for one in self.choices(value)), None)

    def test(self, given: Any, field: Field, asker: Asker) -> Test | None:
        """Look for all of the options."""
        return all_of(self._options(given, field), field, asker)

    def _options(self, given: Any, field: Field) -> list[int]:
        known = {int(one["id"]) for one in field.config.get("items", [])}
        found = list(dict.fromkeys(whole(one) for one in entries(given) if one not in (None, "")))
        if not known.issuperset(found):
            raise WrongValue("there is no such option")
        return found


class Dropdown(Checkboxes):
    """One option, or several where the field says so."""

    name = "dropdown"

    def read(self, given: Any, field: Field) -> Any:
        """Take a list of ids of options."""
        return [str(one) for one in limited(self._options(given, field), field)] or None

    def test(self, given: Any, field: Field, asker: Asker) -> Test | None:
        """Look for all of the options, or one of them where a record has only one."""
        look = all_of if field.config.get("multiselect") else any_of
        return look(self._options(given, field), field, asker)


class RadioButton(Checkboxes):
    """One option."""

    name = "radiobutton"
    is_list = False

    def read(self, given: Any, field: Field) -> Any:
        """Take the id of an option, also as a list of one."""
        found = self._options(given, field)
        if len(found) > 1:
            raise WrongValue("one option at most")
        return str(found[0]) if found else None

    def choices(self, value: Any) -> tuple[int, ...]:
        """Find it by its option."""
        return () if value is None else (int(value),)

    def test(self, given: Any, field: Field, asker: Asker) -> Test | None:
        """Look for one of the options."""
        return any_of(self._options(given, field), field, asker)


class Switch(FieldType):
    """Yes or no."""

    name = "switch"
    order = "number"

    def read(self, given: Any, field: Field) -> bool | None:
        """Take a boolean."""
        return _boolean(given)

    def number(self, value: Any) -> float | None:
        """Order no before yes."""
        return None if value is None else float(value)

    def choices(self, value: Any) -> tuple[int, ...]:
        """Find it by 1 or 0."""
        return () if value is None else (int(value),)

    def test(self, given: Any, field: Field, asker: Asker) -> Test | None:
        """Look for yes or no."""
        return any_of((int(found) for one in entries(given) if (found := _boolean(one)) is not None), field, asker)


def _boolean(given: Any) -> bool | None:
    if given is None or given == "":
        return None
    if isinstance(given, bool):
        return given
    if (word := str(given).lower()) in _TRUE | _FALSE:
        return word in _TRUE
    raise WrongValue("true or false is wanted")
