"""Ids that are names."""

from uuid import UUID, uuid5

from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.ids import named_id


@given(st.uuids(), st.text())
def test_an_id_is_the_version_5_uuid_of_its_name(namespace: UUID, name: str) -> None:
    assert named_id(namespace.bytes, name) == str(uuid5(namespace, name))
