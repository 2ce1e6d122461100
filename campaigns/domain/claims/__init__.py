"""Gifts that come without a gateway: from card to card, or as a transfer to a Sheba.

A donor declares first and gets an amount that nobody else is asked for; then pays at their own bank and may show a
receipt. What a person says of a receipt is not money: only a line of the bank's statement brings a gift into the
book (`credit`), with what has really come.
"""
