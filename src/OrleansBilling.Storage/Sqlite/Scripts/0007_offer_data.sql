-- What an offer version sells besides its price: add-ons, meters, the split.
alter table offer_version add column data text not null default '{}';
