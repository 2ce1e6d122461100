"""What a supporter can give. A kind reads what somebody chose and says what is wrong with it."""

from campaigns.kinds import goods, money

KINDS = {money.NAME: money, goods.NAME: goods}
