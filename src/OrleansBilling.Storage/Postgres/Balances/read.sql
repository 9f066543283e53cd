-- Reads balances, deltas and set-aside rows in one statement, and so in one snapshot: a delta on its way into a balance is
-- seen exactly once. The first $1 balances are enough, because a balance that sorts after them also sorts after the page.
select b.seller_id, b.party_id, b.currency, sum(b.amount)
from (
  ({page})
  union all
  select seller_id, party_id, currency, amount from balance_delta
  where {conditions}
  union all
  select seller_id, party_id, currency, amount from balance_aside
  where {conditions}
) as b
group by b.seller_id, b.party_id, b.currency
order by b.seller_id, b.party_id, b.currency limit $1
