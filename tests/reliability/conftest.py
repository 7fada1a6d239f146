from tests.server.conftest import data as data
from tests.server.conftest import ears as ears
from tests.server.conftest import table as table
