from suppliers.models.brands import Brand, SupplyLink
from suppliers.models.factories import Factory
from suppliers.models.invitations import Invitation
from suppliers.models.memberships import Membership
from suppliers.models.users import User

__all__ = ["Brand", "Factory", "Invitation", "Membership", "SupplyLink", "User"]
