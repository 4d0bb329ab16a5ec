"""Keys for signing events: one per application, two while one is being replaced."""

from __future__ import annotations

from skvorets.core import signing
from skvorets.delivery.signature import sign
from skvorets.storage.database import Tx
from support.handlers import Handlers
from support.wire_events import listening_bot
from support.world import World


async def test_every_application_has_a_key_of_its_own(world: World) -> None:
    one, two = [await world.unit(signing.secrets_of, number) for number in (1, 2)]
    assert len(one) == len(two) == 1
    assert one != two
    assert one[0].startswith("whsec_")


async def test_while_a_key_is_replaced_both_are_good_and_a_day_later_only_the_new_one(world: World) -> None:
    (old,) = await world.unit(signing.secrets_of, 1)

    new = await world.unit(signing.replace_secret, 1)

    assert new != old
    assert await world.unit(signing.secrets_of, 1) == (new, old)
    await world.unit(_age_key)
    assert await world.unit(signing.secrets_of, 1) == (new,)


async def test_an_event_on_the_wire_is_signed_with_all_keys_in_use(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script)
    application_id = 1
    await world.unit(signing.replace_secret, application_id)

    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="hello")

    received = await script.next()
    secrets = await world.unit(signing.secrets_of, application_id)
    expected = sign(
        received.header("webhook-id"), int(received.header("webhook-timestamp")), received.body, secrets, attempt=1
    )
    assert received.header("webhook-signature") == expected["webhook-signature"]
    assert received.header("webhook-signature").count("v1,") == 2


async def _age_key(tx: Tx) -> None:
    await tx.do("UPDATE signing_keys SET replaced_at = replaced_at - $1", signing.OVERLAP_MS)
