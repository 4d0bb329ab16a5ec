"""A company's tree of departments for tests.

Company            head: alice
  Sales            head: bob;  carol and the dismissed dora
    North          no head;    carol
(the stranger is in no department)
"""

from __future__ import annotations

from typing import NamedTuple

from skvorets.core import departments
from support.chats import dismiss
from support.world import Actor, World


class Company(NamedTuple):
    """Ids of the departments, and who was dismissed."""

    root: int
    sales: int
    north: int
    dora: Actor


async def company(world: World) -> Company:
    """Build the tree."""
    root = await world.unit(departments.add_department, "Company", 0)
    sales = await world.unit(departments.add_department, "Sales", root)
    north = await world.unit(departments.add_department, "North", sales)
    dora = await world.add("Dora", "Abel")
    await world.unit(departments.appoint_head, root, world.alice.id)
    await world.unit(departments.appoint_head, sales, world.bob.id)
    for department_id, person in ((sales, world.carol), (sales, dora), (north, world.carol)):
        await world.unit(departments.put_person, department_id, person.id)
    await dismiss(world, dora)
    return Company(root, sales, north, dora)
