-- Coupons are written once and never changed, save for "redeemed", which counts the redemptions of those that have a
-- limit. The others have no counter that sign-ups at the same time would contend for, and stay at 0.
create table coupon (
  id text collate "C" primary key,
  data jsonb not null,
  redeemed integer not null default 0
) with (fillfactor = 70);

create table coupon_redemption (
  coupon_id text collate "C" not null,
  subscription_id text collate "C" not null,
  primary key (coupon_id, subscription_id)
);
