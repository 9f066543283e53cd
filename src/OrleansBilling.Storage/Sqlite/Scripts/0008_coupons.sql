-- Coupons are written once and never changed, save for "redeemed", which counts their redemptions.
create table coupon (
  id text primary key,
  data text not null,
  redeemed integer not null default 0
) strict, without rowid;

create table coupon_redemption (
  coupon_id text not null,
  subscription_id text not null,
  primary key (coupon_id, subscription_id)
) strict, without rowid;
