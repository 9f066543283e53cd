--
-- PostgreSQL database dump
--


-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: month_start(integer); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.month_start(day integer) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((date_trunc('month'::text, (('1970-01-01'::date + day))::timestamp without time zone))::date - '1970-01-01'::date);


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: api_key; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.api_key (
    id text NOT NULL COLLATE pg_catalog."C",
    hash text NOT NULL COLLATE pg_catalog."C",
    role text NOT NULL,
    caller_id text NOT NULL,
    caller_seller_id text,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone
);


--
-- Name: balance; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.balance (
    seller_id text NOT NULL COLLATE pg_catalog."C",
    party_id text NOT NULL COLLATE pg_catalog."C",
    currency text NOT NULL COLLATE pg_catalog."C",
    amount bigint NOT NULL
)
WITH (fillfactor='70');


--
-- Name: balance_delta; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.balance_delta (
    seller_id text NOT NULL COLLATE pg_catalog."C",
    party_id text NOT NULL COLLATE pg_catalog."C",
    currency text NOT NULL COLLATE pg_catalog."C",
    amount bigint NOT NULL
);


--
-- Name: coupon; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.coupon (
    id text NOT NULL COLLATE pg_catalog."C",
    data jsonb NOT NULL,
    redeemed integer DEFAULT 0 NOT NULL
)
WITH (fillfactor='70');


--
-- Name: coupon_redemption; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.coupon_redemption (
    coupon_id text NOT NULL COLLATE pg_catalog."C",
    subscription_id text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: directory; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.directory (
    id text NOT NULL COLLATE pg_catalog."C",
    seller_id text NOT NULL COLLATE pg_catalog."C",
    product_id text NOT NULL COLLATE pg_catalog."C",
    plan_id text NOT NULL COLLATE pg_catalog."C",
    offer_id text NOT NULL COLLATE pg_catalog."C",
    customer_id text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: document; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.document (
    subscription_id text NOT NULL COLLATE pg_catalog."C",
    kind smallint NOT NULL,
    ordinal integer NOT NULL,
    seller_id text NOT NULL COLLATE pg_catalog."C",
    number bigint NOT NULL
);


--
-- Name: document_series; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.document_series (
    seller_id text NOT NULL COLLATE pg_catalog."C",
    kind smallint NOT NULL,
    last bigint NOT NULL
)
WITH (fillfactor='70');


--
-- Name: document_waiting; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.document_waiting (
    "position" bigint NOT NULL,
    subscription_id text NOT NULL COLLATE pg_catalog."C",
    kind smallint NOT NULL,
    ordinal integer NOT NULL,
    seller_id text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: document_waiting_position_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.document_waiting_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: document_waiting_position_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.document_waiting_position_seq OWNED BY public.document_waiting."position";


--
-- Name: event; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.event (
    subscription_id text NOT NULL COLLATE pg_catalog."C",
    sequence bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    type text NOT NULL,
    data text NOT NULL
);


--
-- Name: offer; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.offer (
    id text NOT NULL COLLATE pg_catalog."C",
    plan_id text NOT NULL COLLATE pg_catalog."C",
    product_id text NOT NULL COLLATE pg_catalog."C",
    seller_id text NOT NULL COLLATE pg_catalog."C",
    currency text NOT NULL
);


--
-- Name: offer_version; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.offer_version (
    id text NOT NULL COLLATE pg_catalog."C",
    version integer NOT NULL,
    amount bigint NOT NULL,
    data jsonb DEFAULT '{}'::jsonb NOT NULL
);


--
-- Name: outbox; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.outbox (
    "position" bigint NOT NULL,
    subscription_id text NOT NULL COLLATE pg_catalog."C",
    sequence bigint NOT NULL,
    type text NOT NULL,
    seller_id text NOT NULL COLLATE pg_catalog."C",
    at timestamp with time zone NOT NULL,
    data text NOT NULL
);


--
-- Name: outbox_position_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.outbox_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: outbox_position_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.outbox_position_seq OWNED BY public.outbox."position";


--
-- Name: plan; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.plan (
    id text NOT NULL COLLATE pg_catalog."C",
    product_id text NOT NULL COLLATE pg_catalog."C",
    data jsonb NOT NULL
);


--
-- Name: product; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.product (
    id text NOT NULL COLLATE pg_catalog."C",
    seller_id text NOT NULL COLLATE pg_catalog."C",
    data jsonb NOT NULL
);


--
-- Name: schema_version; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.schema_version (
    version integer NOT NULL,
    name text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: setting; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.setting (
    name text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL
);


--
-- Name: statistic_closed; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.statistic_closed (
    offer_id text NOT NULL COLLATE pg_catalog."C",
    before integer NOT NULL
)
WITH (fillfactor='70');


--
-- Name: statistic_day; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.statistic_day (
    offer_id text NOT NULL COLLATE pg_catalog."C",
    day integer NOT NULL,
    metric smallint NOT NULL,
    slice integer NOT NULL,
    value bigint NOT NULL
)
WITH (fillfactor='70');


--
-- Name: statistic_delta; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.statistic_delta (
    day integer NOT NULL,
    offer_id text NOT NULL COLLATE pg_catalog."C",
    metric smallint NOT NULL,
    slice integer NOT NULL,
    value bigint NOT NULL
);


--
-- Name: statistic_market; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.statistic_market (
    metric smallint NOT NULL,
    slice integer NOT NULL,
    day integer NOT NULL,
    currency text NOT NULL COLLATE pg_catalog."C",
    value bigint NOT NULL
)
WITH (fillfactor='70');


--
-- Name: statistic_month; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.statistic_month (
    offer_id text NOT NULL COLLATE pg_catalog."C",
    day integer NOT NULL,
    metric smallint NOT NULL,
    slice integer NOT NULL,
    value bigint NOT NULL
)
WITH (fillfactor='70');


--
-- Name: subscription; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.subscription (
    id text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    due_at timestamp with time zone,
    partition smallint NOT NULL,
    status text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL
)
WITH (fillfactor='80', autovacuum_vacuum_scale_factor='0.05');


--
-- Name: usage_key; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.usage_key (
    subscription_id text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: document_waiting position; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.document_waiting ALTER COLUMN "position" SET DEFAULT nextval('public.document_waiting_position_seq'::regclass);


--
-- Name: outbox position; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outbox ALTER COLUMN "position" SET DEFAULT nextval('public.outbox_position_seq'::regclass);


--
-- Data for Name: api_key; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: balance; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.balance VALUES ('ana', 'ana', 'BRL', 27679);
INSERT INTO public.balance VALUES ('ana', 'market', 'BRL', 992);
INSERT INTO public.balance VALUES ('ana', 'zoe', 'BRL', 427);


--
-- Data for Name: balance_delta; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: coupon; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.coupon VALUES ('SPRING', '{"id": "SPRING", "currency": null, "plan_ids": [], "reduction": {"amount": null, "milli_percent": 50000}, "seller_id": "ana", "product_id": null, "recurrences": 1, "redeem_from": null, "redeem_until": null, "redemptions_max": 100}', 1);


--
-- Data for Name: coupon_redemption; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.coupon_redemption VALUES ('SPRING', 's1');


--
-- Data for Name: directory; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.directory VALUES ('s2', 'ana', 'course', 'monthly', 'basic', 'c-s2');
INSERT INTO public.directory VALUES ('s3', 'ana', 'course', 'yearly', 'year', 'c-s3');
INSERT INTO public.directory VALUES ('s4', 'ana', 'course', 'monthly', 'pro', 'c-s4');
INSERT INTO public.directory VALUES ('s5', 'ana', 'course', 'monthly', 'basic', 'c-s5');
INSERT INTO public.directory VALUES ('s6', 'ana', 'course', 'monthly', 'basic', 'c-s6');
INSERT INTO public.directory VALUES ('s7', 'ana', 'course', 'monthly', 'basic', 'c-s7');
INSERT INTO public.directory VALUES ('s8', 'ana', 'course', 'monthly', 'basic', 'c-s8');
INSERT INTO public.directory VALUES ('w', 'ana', 'course', 'monthly', 'basic', 'c-w');
INSERT INTO public.directory VALUES ('s1', 'ana', 'course', 'monthly', 'pro', 'c-s1');


--
-- Data for Name: document; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.document VALUES ('s1', 1, 1, 'ana', 1);
INSERT INTO public.document VALUES ('s2', 1, 1, 'ana', 2);
INSERT INTO public.document VALUES ('s4', 1, 1, 'ana', 3);
INSERT INTO public.document VALUES ('s5', 1, 1, 'ana', 4);
INSERT INTO public.document VALUES ('s6', 1, 1, 'ana', 5);
INSERT INTO public.document VALUES ('s7', 1, 1, 'ana', 6);
INSERT INTO public.document VALUES ('s8', 1, 1, 'ana', 7);
INSERT INTO public.document VALUES ('w', 1, 1, 'ana', 8);
INSERT INTO public.document VALUES ('s3', 1, 1, 'ana', 9);
INSERT INTO public.document VALUES ('s1', 1, 2, 'ana', 10);
INSERT INTO public.document VALUES ('w', 1, 2, 'ana', 11);
INSERT INTO public.document VALUES ('s1', 1, 3, 'ana', 12);
INSERT INTO public.document VALUES ('s4', 1, 2, 'ana', 13);
INSERT INTO public.document VALUES ('s2', 1, 2, 'ana', 14);
INSERT INTO public.document VALUES ('s8', 2, 1, 'ana', 1);
INSERT INTO public.document VALUES ('s2', 2, 1, 'ana', 2);


--
-- Data for Name: document_series; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.document_series VALUES ('ana', 1, 14);
INSERT INTO public.document_series VALUES ('ana', 2, 2);


--
-- Data for Name: document_waiting; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: event; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.event VALUES ('s1', 1, '2024-01-31 00:00:00+00', 'subscribed', '{"id":"s1","offer_id":"basic","offer_version":1,"customer":{"id":"c-s1","country":"BR"},"payment_token":"tok_decline_1","affiliate_id":"zoe"}');
INSERT INTO public.event VALUES ('s1', 2, '2024-01-31 00:00:00+00', 'discount_granted', '{"discount":{"source":"coupon","id":"SPRING","reduction":{"milli_percent":50000},"from_index":1,"to_index":1}}');
INSERT INTO public.event VALUES ('s1', 3, '2024-01-31 00:00:00+00', 'recurrence_started', '{"period":{"index":1,"start":"2024-01-31T00:00:00Z","end":"2024-03-01T00:00:00Z"},"anchor":{"local":"2024-01-30T21:00:00","index":1},"invoice":{"number":1,"lines":[{"type":"recurrence","amount":2990,"description":"Recurrence"},{"type":"discount","amount":-1495,"description":"Coupon SPRING"}],"total":1495,"taxes":[{"name":"ISS","country":"BR","milli_percent":5000,"inclusive":true,"base":1424,"amount":71}]},"service_value":1495,"alert_at":"2024-02-27T00:00:00Z","postings":{"receivable":1495,"tax":-71,"revenue":-1424}}');
INSERT INTO public.event VALUES ('s1', 4, '2024-01-31 00:00:00+00', 'charge_requested', '{"invoice":1,"attempt":1,"amount":1495,"token":"tok_decline_1","ask_at":"2024-01-31T00:01:00Z"}');
INSERT INTO public.event VALUES ('s1', 5, '2024-01-31 00:00:00+00', 'charge_declined', '{"invoice":1,"attempt":1,"code":"do_not_honor","next_attempt_at":"2024-02-01T00:00:00Z"}');
INSERT INTO public.event VALUES ('s2', 1, '2024-01-31 00:00:00+00', 'subscribed', '{"id":"s2","offer_id":"basic","offer_version":1,"customer":{"id":"c-s2","country":"BR"},"payment_token":"tok_voucher"}');
INSERT INTO public.event VALUES ('s2', 2, '2024-01-31 00:00:00+00', 'recurrence_started', '{"period":{"index":1,"start":"2024-01-31T00:00:00Z","end":"2024-03-01T00:00:00Z"},"anchor":{"local":"2024-01-30T21:00:00","index":1},"invoice":{"number":1,"lines":[{"type":"recurrence","amount":2990,"description":"Recurrence"}],"total":2990,"taxes":[{"name":"ISS","country":"BR","milli_percent":5000,"inclusive":true,"base":2848,"amount":142}]},"service_value":2990,"alert_at":"2024-02-27T00:00:00Z","postings":{"receivable":2990,"tax":-142,"revenue":-2848}}');
INSERT INTO public.event VALUES ('s2', 3, '2024-01-31 00:00:00+00', 'charge_requested', '{"invoice":1,"attempt":1,"amount":2990,"token":"tok_voucher","ask_at":"2024-01-31T00:01:00Z"}');
INSERT INTO public.event VALUES ('s2', 4, '2024-01-31 00:00:00+00', 'slip_issued', '{"invoice":1,"attempt":1,"slip":{"expires_at":"2024-02-03T00:00:00Z","remind_at":"2024-02-02T00:00:00Z","reference":"slip-s2:1:1"},"ask_at":"2024-02-01T00:00:00Z"}');
INSERT INTO public.event VALUES ('s2', 5, '2024-01-31 00:00:00+00', 'charge_succeeded', '{"invoice":1,"attempt":1,"amount":2990,"postings":{"provider":2990,"receivable":-2990,"distribution":2848,"payable":{"market":-282,"ana":-2566}}}');
INSERT INTO public.event VALUES ('s3', 1, '2024-01-31 00:00:00+00', 'subscribed', '{"id":"s3","offer_id":"year","offer_version":1,"customer":{"id":"c-s3","country":"BR"},"payment_token":"tok_ok","trial_days":7}');
INSERT INTO public.event VALUES ('s3', 2, '2024-01-31 00:00:00+00', 'trial_started', '{"start":"2024-01-31T00:00:00Z","end":"2024-02-07T00:00:00Z"}');
INSERT INTO public.event VALUES ('s4', 1, '2024-01-31 00:00:00+00', 'subscribed', '{"id":"s4","offer_id":"pro","offer_version":1,"customer":{"id":"c-s4","country":"BR"},"payment_token":"tok_ok"}');
INSERT INTO public.event VALUES ('s4', 2, '2024-01-31 00:00:00+00', 'recurrence_started', '{"period":{"index":1,"start":"2024-01-31T00:00:00Z","end":"2024-03-01T00:00:00Z"},"anchor":{"local":"2024-01-30T21:00:00","index":1},"invoice":{"number":1,"lines":[{"type":"recurrence","amount":5990,"description":"Recurrence"}],"total":5990,"taxes":[{"name":"ISS","country":"BR","milli_percent":5000,"inclusive":true,"base":5705,"amount":285}]},"service_value":5990,"alert_at":"2024-02-27T00:00:00Z","postings":{"receivable":5990,"tax":-285,"revenue":-5705}}');
INSERT INTO public.event VALUES ('s4', 3, '2024-01-31 00:00:00+00', 'charge_requested', '{"invoice":1,"attempt":1,"amount":5990,"token":"tok_ok","ask_at":"2024-01-31T00:01:00Z"}');
INSERT INTO public.event VALUES ('s4', 4, '2024-01-31 00:00:00+00', 'charge_succeeded', '{"invoice":1,"attempt":1,"amount":5990,"postings":{"provider":5990,"receivable":-5990,"distribution":5705,"payable":{"ana":-5705}}}');
INSERT INTO public.event VALUES ('s5', 1, '2024-01-31 00:00:00+00', 'subscribed', '{"id":"s5","offer_id":"basic","offer_version":1,"customer":{"id":"c-s5","country":"BR"},"payment_token":"tok_voucher"}');
INSERT INTO public.event VALUES ('s5', 2, '2024-01-31 00:00:00+00', 'recurrence_started', '{"period":{"index":1,"start":"2024-01-31T00:00:00Z","end":"2024-03-01T00:00:00Z"},"anchor":{"local":"2024-01-30T21:00:00","index":1},"invoice":{"number":1,"lines":[{"type":"recurrence","amount":2990,"description":"Recurrence"}],"total":2990,"taxes":[{"name":"ISS","country":"BR","milli_percent":5000,"inclusive":true,"base":2848,"amount":142}]},"service_value":2990,"alert_at":"2024-02-27T00:00:00Z","postings":{"receivable":2990,"tax":-142,"revenue":-2848}}');
INSERT INTO public.event VALUES ('s5', 3, '2024-01-31 00:00:00+00', 'charge_requested', '{"invoice":1,"attempt":1,"amount":2990,"token":"tok_voucher","ask_at":"2024-01-31T00:01:00Z"}');
INSERT INTO public.event VALUES ('s5', 4, '2024-01-31 00:00:00+00', 'slip_issued', '{"invoice":1,"attempt":1,"slip":{"expires_at":"2024-02-03T00:00:00Z","remind_at":"2024-02-02T00:00:00Z","reference":"slip-s5:1:1"},"ask_at":"2024-02-01T00:00:00Z"}');
INSERT INTO public.event VALUES ('s6', 1, '2024-01-31 00:00:00+00', 'subscribed', '{"id":"s6","offer_id":"basic","offer_version":1,"customer":{"id":"c-s6","country":"BR"},"payment_token":"tok_lost_card"}');
INSERT INTO public.event VALUES ('s6', 2, '2024-01-31 00:00:00+00', 'recurrence_started', '{"period":{"index":1,"start":"2024-01-31T00:00:00Z","end":"2024-03-01T00:00:00Z"},"anchor":{"local":"2024-01-30T21:00:00","index":1},"invoice":{"number":1,"lines":[{"type":"recurrence","amount":2990,"description":"Recurrence"}],"total":2990,"taxes":[{"name":"ISS","country":"BR","milli_percent":5000,"inclusive":true,"base":2848,"amount":142}]},"service_value":2990,"alert_at":"2024-02-27T00:00:00Z","postings":{"receivable":2990,"tax":-142,"revenue":-2848}}');
INSERT INTO public.event VALUES ('s6', 3, '2024-01-31 00:00:00+00', 'charge_requested', '{"invoice":1,"attempt":1,"amount":2990,"token":"tok_lost_card","ask_at":"2024-01-31T00:01:00Z"}');
INSERT INTO public.event VALUES ('s6', 4, '2024-01-31 00:00:00+00', 'charge_declined', '{"invoice":1,"attempt":1,"code":"lost_card","hard":true,"give_up_at":"2024-03-01T00:00:00Z"}');
INSERT INTO public.event VALUES ('s7', 1, '2024-01-31 00:00:00+00', 'subscribed', '{"id":"s7","offer_id":"basic","offer_version":1,"customer":{"id":"c-s7","country":"BR"},"payment_token":"tok_ok"}');
INSERT INTO public.event VALUES ('s7', 2, '2024-01-31 00:00:00+00', 'recurrence_started', '{"period":{"index":1,"start":"2024-01-31T00:00:00Z","end":"2024-03-01T00:00:00Z"},"anchor":{"local":"2024-01-30T21:00:00","index":1},"invoice":{"number":1,"lines":[{"type":"recurrence","amount":2990,"description":"Recurrence"}],"total":2990,"taxes":[{"name":"ISS","country":"BR","milli_percent":5000,"inclusive":true,"base":2848,"amount":142}]},"service_value":2990,"alert_at":"2024-02-27T00:00:00Z","postings":{"receivable":2990,"tax":-142,"revenue":-2848}}');
INSERT INTO public.event VALUES ('s7', 3, '2024-01-31 00:00:00+00', 'charge_requested', '{"invoice":1,"attempt":1,"amount":2990,"token":"tok_ok","ask_at":"2024-01-31T00:01:00Z"}');
INSERT INTO public.event VALUES ('s8', 1, '2024-01-31 00:00:00+00', 'subscribed', '{"id":"s8","offer_id":"basic","offer_version":1,"customer":{"id":"c-s8","country":"BR"},"payment_token":"tok_ok"}');
INSERT INTO public.event VALUES ('s8', 2, '2024-01-31 00:00:00+00', 'recurrence_started', '{"period":{"index":1,"start":"2024-01-31T00:00:00Z","end":"2024-03-01T00:00:00Z"},"anchor":{"local":"2024-01-30T21:00:00","index":1},"invoice":{"number":1,"lines":[{"type":"recurrence","amount":2990,"description":"Recurrence"}],"total":2990,"taxes":[{"name":"ISS","country":"BR","milli_percent":5000,"inclusive":true,"base":2848,"amount":142}]},"service_value":2990,"alert_at":"2024-02-27T00:00:00Z","postings":{"receivable":2990,"tax":-142,"revenue":-2848}}');
INSERT INTO public.event VALUES ('s8', 3, '2024-01-31 00:00:00+00', 'charge_requested', '{"invoice":1,"attempt":1,"amount":2990,"token":"tok_ok","ask_at":"2024-01-31T00:01:00Z"}');
INSERT INTO public.event VALUES ('s7', 4, '2024-01-31 00:00:00+00', 'charge_succeeded', '{"invoice":1,"attempt":1,"amount":2990,"postings":{"provider":2990,"receivable":-2990,"distribution":2848,"payable":{"market":-282,"ana":-2566}}}');
INSERT INTO public.event VALUES ('s1', 6, '2024-02-01 00:00:00+00', 'charge_requested', '{"invoice":1,"attempt":2,"amount":1495,"token":"tok_decline_1","scheduled_retry":true,"ask_at":"2024-02-01T00:01:00Z"}');
INSERT INTO public.event VALUES ('s1', 7, '2024-02-01 00:00:00+00', 'charge_succeeded', '{"invoice":1,"attempt":2,"amount":1495,"postings":{"provider":1495,"receivable":-1495,"distribution":1424,"payable":{"market":-141,"zoe":-427,"ana":-856}}}');
INSERT INTO public.event VALUES ('w', 1, '2024-02-01 00:00:00+00', 'subscribed', '{"id":"w","offer_id":"basic","offer_version":1,"customer":{"id":"c-w","country":"BR"},"payment_token":"tok_voucher"}');
INSERT INTO public.event VALUES ('w', 2, '2024-02-01 00:00:00+00', 'recurrence_started', '{"period":{"index":1,"start":"2024-02-01T00:00:00Z","end":"2024-03-01T00:00:00Z"},"anchor":{"local":"2024-01-31T21:00:00","index":1},"invoice":{"number":1,"lines":[{"type":"recurrence","amount":2990,"description":"Recurrence"}],"total":2990,"taxes":[{"name":"ISS","country":"BR","milli_percent":5000,"inclusive":true,"base":2848,"amount":142}]},"service_value":2990,"alert_at":"2024-02-27T00:00:00Z","postings":{"receivable":2990,"tax":-142,"revenue":-2848}}');
INSERT INTO public.event VALUES ('w', 3, '2024-02-01 00:00:00+00', 'charge_requested', '{"invoice":1,"attempt":1,"amount":2990,"token":"tok_voucher","ask_at":"2024-02-01T00:01:00Z"}');
INSERT INTO public.event VALUES ('w', 4, '2024-02-01 00:00:00+00', 'slip_issued', '{"invoice":1,"attempt":1,"slip":{"expires_at":"2024-02-04T00:00:00Z","remind_at":"2024-02-03T00:00:00Z","reference":"slip-w:1:1"},"ask_at":"2024-02-02T00:00:00Z"}');
INSERT INTO public.event VALUES ('w', 5, '2024-02-01 00:00:00+00', 'charge_succeeded', '{"invoice":1,"attempt":1,"amount":2990,"postings":{"provider":2990,"receivable":-2990,"distribution":2848,"payable":{"market":-282,"ana":-2566}}}');
INSERT INTO public.event VALUES ('s4', 5, '2024-02-01 00:00:00+00', 'usage_recorded', '{"entries":[{"id":"u1","meter":"prints","quantity":5},{"id":"u2","meter":"users","quantity":1,"key":"x"},{"id":"u3","meter":"users","quantity":1,"key":"x"}],"readings":[{"meter":"prints","units":5},{"meter":"users","units":1}]}');
INSERT INTO public.event VALUES ('s3', 3, '2024-02-07 00:00:00+00', 'recurrence_started', '{"period":{"index":1,"start":"2024-02-07T00:00:00Z","end":"2025-02-07T00:00:00Z"},"anchor":{"local":"2024-02-06T21:00:00","index":1},"invoice":{"number":1,"lines":[{"type":"installment","amount":2491,"description":"Part 1 of 12","period":{"index":1,"start":"2024-02-07T00:00:00Z","end":"2024-03-07T00:00:00Z"}},{"type":"installment","amount":2491,"description":"Part 2 of 12","period":{"index":1,"start":"2024-03-07T00:00:00Z","end":"2024-04-07T00:00:00Z"}},{"type":"installment","amount":2491,"description":"Part 3 of 12","period":{"index":1,"start":"2024-04-07T00:00:00Z","end":"2024-05-07T00:00:00Z"}},{"type":"installment","amount":2491,"description":"Part 4 of 12","period":{"index":1,"start":"2024-05-07T00:00:00Z","end":"2024-06-07T00:00:00Z"}},{"type":"installment","amount":2491,"description":"Part 5 of 12","period":{"index":1,"start":"2024-06-07T00:00:00Z","end":"2024-07-07T00:00:00Z"}},{"type":"installment","amount":2491,"description":"Part 6 of 12","period":{"index":1,"start":"2024-07-07T00:00:00Z","end":"2024-08-07T00:00:00Z"}},{"type":"installment","amount":2491,"description":"Part 7 of 12","period":{"index":1,"start":"2024-08-07T00:00:00Z","end":"2024-09-07T00:00:00Z"}},{"type":"installment","amount":2491,"description":"Part 8 of 12","period":{"index":1,"start":"2024-09-07T00:00:00Z","end":"2024-10-07T00:00:00Z"}},{"type":"installment","amount":2491,"description":"Part 9 of 12","period":{"index":1,"start":"2024-10-07T00:00:00Z","end":"2024-11-07T00:00:00Z"}},{"type":"installment","amount":2491,"description":"Part 10 of 12","period":{"index":1,"start":"2024-11-07T00:00:00Z","end":"2024-12-07T00:00:00Z"}},{"type":"installment","amount":2491,"description":"Part 11 of 12","period":{"index":1,"start":"2024-12-07T00:00:00Z","end":"2025-01-07T00:00:00Z"}},{"type":"installment","amount":2499,"description":"Part 12 of 12","period":{"index":1,"start":"2025-01-07T00:00:00Z","end":"2025-02-07T00:00:00Z"}}],"total":29900,"taxes":[{"name":"ISS","country":"BR","milli_percent":5000,"inclusive":true,"base":28476,"amount":1424}],"parts":12},"service_value":29900,"parts_from":"2024-02-06T21:00:00","postings":{"receivable":29900,"tax":-1424,"revenue":-28476}}');
INSERT INTO public.event VALUES ('s3', 4, '2024-02-07 00:00:00+00', 'charge_requested', '{"invoice":1,"attempt":1,"amount":2491,"token":"tok_ok","ask_at":"2024-02-07T00:01:00Z"}');
INSERT INTO public.event VALUES ('s3', 5, '2024-02-07 00:00:00+00', 'charge_succeeded', '{"invoice":1,"attempt":1,"amount":2491,"next_part_at":"2024-03-07T00:00:00Z","postings":{"provider":2491,"receivable":-2491,"distribution":2372,"payable":{"ana":-2372}}}');
INSERT INTO public.event VALUES ('s1', 8, '2024-02-10 12:00:00+00', 'plan_changed', '{"offer_id":"pro","offer_version":1,"quantity":1,"alert_at":"2024-02-27T00:00:00Z"}');
INSERT INTO public.event VALUES ('s1', 9, '2024-02-10 12:00:00+00', 'invoice_issued', '{"reason":"plan_change","period":{"index":1,"start":"2024-02-10T12:00:00Z","end":"2024-03-01T00:00:00Z"},"invoice":{"number":2,"lines":[{"type":"proration_credit","amount":-972,"description":"Unused time","period":{"index":1,"start":"2024-02-10T12:00:00Z","end":"2024-03-01T00:00:00Z"}},{"type":"proration_charge","amount":3894,"description":"Rest of the period","period":{"index":1,"start":"2024-02-10T12:00:00Z","end":"2024-03-01T00:00:00Z"}},{"type":"discount","amount":-1947,"description":"Discounts on the rest of the period","period":{"index":1,"start":"2024-02-10T12:00:00Z","end":"2024-03-01T00:00:00Z"}}],"total":975,"taxes":[{"name":"ISS","country":"BR","milli_percent":5000,"inclusive":true,"base":929,"amount":46}]},"served_from":"2024-02-10T12:00:00Z","service_value":1947,"usage_billed":true,"postings":{"receivable":975,"tax":-46,"revenue":-929}}');
INSERT INTO public.event VALUES ('s1', 10, '2024-02-10 12:00:00+00', 'charge_requested', '{"invoice":2,"attempt":1,"amount":975,"token":"tok_decline_1","ask_at":"2024-02-10T12:01:00Z"}');
INSERT INTO public.event VALUES ('s1', 11, '2024-02-10 12:00:00+00', 'charge_declined', '{"invoice":2,"attempt":1,"code":"do_not_honor","next_attempt_at":"2024-02-11T12:00:00Z"}');
INSERT INTO public.event VALUES ('s1', 12, '2024-02-10 12:00:00+00', 'usage_recorded', '{"entries":[{"id":"u1","meter":"prints","quantity":7}],"readings":[{"meter":"prints","units":7}]}');
INSERT INTO public.event VALUES ('s7', 5, '2024-02-10 12:00:00+00', 'paused', '{"reason":"requested","until":"2024-02-25T12:00:00Z"}');
INSERT INTO public.event VALUES ('s4', 6, '2024-02-10 12:00:00+00', 'cancellation_scheduled', '{"cancel_at":"2024-03-01T00:00:00Z","cancellation":{"origin":"administrator","reason":"price"}}');
INSERT INTO public.event VALUES ('s1', 13, '2024-02-11 12:00:00+00', 'charge_requested', '{"invoice":2,"attempt":2,"amount":975,"token":"tok_decline_1","scheduled_retry":true,"ask_at":"2024-02-11T12:01:00Z"}');
INSERT INTO public.event VALUES ('s1', 14, '2024-02-11 12:00:00+00', 'charge_succeeded', '{"invoice":2,"attempt":2,"amount":975,"postings":{"provider":975,"receivable":-975,"distribution":929,"payable":{"ana":-929}}}');
INSERT INTO public.event VALUES ('s7', 6, '2024-02-25 12:00:00+00', 'resumed', '{}');
INSERT INTO public.event VALUES ('s7', 7, '2024-02-25 12:00:00+00', 'period_end_moved', '{"end":"2024-03-16T00:00:00Z","anchor":{"local":"2024-03-15T21:00:00","index":2},"stood_still":"360:00:00","alert_at":"2024-03-13T00:00:00Z"}');
INSERT INTO public.event VALUES ('s1', 15, '2024-02-27 00:00:00+00', 'renewal_alerted', '{"renews_at":"2024-03-01T00:00:00Z","amount":7240}');
INSERT INTO public.event VALUES ('w', 6, '2024-02-27 00:00:00+00', 'renewal_alerted', '{"renews_at":"2024-03-01T00:00:00Z","amount":2990}');
INSERT INTO public.event VALUES ('w', 7, '2024-03-01 00:00:00+00', 'recurrence_started', '{"period":{"index":2,"start":"2024-03-01T00:00:00Z","end":"2024-04-01T00:00:00Z"},"invoice":{"number":2,"lines":[{"type":"recurrence","amount":2990,"description":"Recurrence"}],"total":2990,"taxes":[{"name":"ISS","country":"BR","milli_percent":5000,"inclusive":true,"base":2848,"amount":142}]},"service_value":2990,"alert_at":"2024-03-29T00:00:00Z","postings":{"receivable":2990,"tax":-142,"revenue":-2848}}');
INSERT INTO public.event VALUES ('w', 8, '2024-03-01 00:00:00+00', 'charge_requested', '{"invoice":2,"attempt":1,"amount":2990,"token":"tok_voucher","ask_at":"2024-03-01T00:01:00Z"}');
INSERT INTO public.event VALUES ('s1', 16, '2024-03-01 00:00:00+00', 'recurrence_started', '{"period":{"index":2,"start":"2024-03-01T00:00:00Z","end":"2024-03-31T00:00:00Z"},"invoice":{"number":3,"lines":[{"type":"recurrence","amount":5990,"description":"Recurrence"},{"type":"usage","amount":1250,"description":"Prints: 7","period":{"index":1,"start":"2024-01-31T00:00:00Z","end":"2024-03-01T00:00:00Z"}}],"total":7240,"taxes":[{"name":"ISS","country":"BR","milli_percent":5000,"inclusive":true,"base":6895,"amount":345}]},"service_value":5990,"usage_billed":true,"alert_at":"2024-03-28T00:00:00Z","postings":{"receivable":7240,"tax":-345,"revenue":-6895}}');
INSERT INTO public.event VALUES ('s1', 17, '2024-03-01 00:00:00+00', 'charge_requested', '{"invoice":3,"attempt":1,"amount":7240,"token":"tok_decline_1","ask_at":"2024-03-01T00:01:00Z"}');
INSERT INTO public.event VALUES ('s8', 4, '2024-01-31 00:00:00+00', 'charge_succeeded', '{"invoice":1,"attempt":1,"amount":2990,"postings":{"provider":2990,"receivable":-2990,"distribution":2848,"payable":{"market":-282,"ana":-2566}}}');
INSERT INTO public.event VALUES ('s5', 5, '2024-02-01 00:00:00+00', 'payment_asked', '{"kind":"charge","invoice":1,"attempt":1,"ask_at":"2024-02-01T00:01:00Z"}');
INSERT INTO public.event VALUES ('s5', 6, '2024-02-01 00:00:00+00', 'payment_unknown', '{"kind":"charge","invoice":1,"attempt":1,"code":"pending","ask_at":"2024-02-02T00:00:00Z"}');
INSERT INTO public.event VALUES ('s5', 7, '2024-02-02 00:00:00+00', 'payment_asked', '{"kind":"charge","invoice":1,"attempt":1,"ask_at":"2024-02-02T00:01:00Z"}');
INSERT INTO public.event VALUES ('s5', 8, '2024-02-02 00:00:00+00', 'slip_reminded', '{"invoice":1,"attempt":1,"expires_at":"2024-02-03T00:00:00Z"}');
INSERT INTO public.event VALUES ('s5', 9, '2024-02-02 00:00:00+00', 'payment_unknown', '{"kind":"charge","invoice":1,"attempt":1,"code":"pending","ask_at":"2024-02-03T00:00:00Z"}');
INSERT INTO public.event VALUES ('s5', 10, '2024-02-03 00:00:00+00', 'payment_asked', '{"kind":"charge","invoice":1,"attempt":1,"ask_at":"2024-02-03T00:01:00Z"}');
INSERT INTO public.event VALUES ('s5', 11, '2024-02-03 00:00:00+00', 'charge_declined', '{"invoice":1,"attempt":1,"code":"voucher_expired","give_up_at":"2024-03-01T00:00:00Z"}');
INSERT INTO public.event VALUES ('s8', 5, '2024-02-10 12:00:00+00', 'canceled', '{"cancellation":{"origin":"administrator","reason":"too_expensive"}}');
INSERT INTO public.event VALUES ('s8', 6, '2024-02-10 12:00:00+00', 'refund_requested', '{"invoice":1,"refund":1,"charge_attempt":1,"amount":1943,"token":"tok_ok","tax":92,"shares":[{"party_id":"market","amount":183},{"party_id":"ana","amount":1667}],"period":1,"reason":"cancellation","ask_at":"2024-02-10T12:01:00Z"}');
INSERT INTO public.event VALUES ('s8', 7, '2024-02-10 12:00:00+00', 'refund_succeeded', '{"invoice":1,"refund":1,"credit_note":1,"amount":1943,"postings":{"refunds":1851,"tax":92,"provider":-1943,"distribution":-1850,"payable":{"market":183,"ana":1667}}}');
INSERT INTO public.event VALUES ('s2', 6, '2024-02-27 00:00:00+00', 'renewal_alerted', '{"renews_at":"2024-03-01T00:00:00Z","amount":2990}');
INSERT INTO public.event VALUES ('s6', 5, '2024-03-01 00:00:00+00', 'dunning_exhausted', '{"invoice":1}');
INSERT INTO public.event VALUES ('s6', 6, '2024-03-01 00:00:00+00', 'expired', '{"closed":[{"invoice":1,"total":2990,"tax":142}],"postings":{"bad_debt":2848,"tax":142,"receivable":-2990}}');
INSERT INTO public.event VALUES ('s5', 12, '2024-03-01 00:00:00+00', 'dunning_exhausted', '{"invoice":1}');
INSERT INTO public.event VALUES ('s5', 13, '2024-03-01 00:00:00+00', 'expired', '{"closed":[{"invoice":1,"total":2990,"tax":142}],"postings":{"bad_debt":2848,"tax":142,"receivable":-2990}}');
INSERT INTO public.event VALUES ('s2', 7, '2024-03-01 00:00:00+00', 'recurrence_started', '{"period":{"index":2,"start":"2024-03-01T00:00:00Z","end":"2024-03-31T00:00:00Z"},"invoice":{"number":2,"lines":[{"type":"recurrence","amount":2990,"description":"Recurrence"}],"total":2990,"taxes":[{"name":"ISS","country":"BR","milli_percent":5000,"inclusive":true,"base":2848,"amount":142}]},"service_value":2990,"alert_at":"2024-03-28T00:00:00Z","postings":{"receivable":2990,"tax":-142,"revenue":-2848}}');
INSERT INTO public.event VALUES ('s2', 8, '2024-03-01 00:00:00+00', 'charge_requested', '{"invoice":2,"attempt":1,"amount":2990,"token":"tok_voucher","ask_at":"2024-03-01T00:01:00Z"}');
INSERT INTO public.event VALUES ('s2', 9, '2024-03-01 00:00:00+00', 'slip_issued', '{"invoice":2,"attempt":1,"slip":{"expires_at":"2024-03-04T00:00:00Z","remind_at":"2024-03-03T00:00:00Z","reference":"slip-s2:2:1"},"ask_at":"2024-03-02T00:00:00Z"}');
INSERT INTO public.event VALUES ('s2', 10, '2024-03-02 00:00:00+00', 'payment_asked', '{"kind":"charge","invoice":2,"attempt":1,"ask_at":"2024-03-02T00:01:00Z"}');
INSERT INTO public.event VALUES ('s2', 11, '2024-03-02 00:00:00+00', 'payment_unknown', '{"kind":"charge","invoice":2,"attempt":1,"code":"pending","ask_at":"2024-03-03T00:00:00Z"}');
INSERT INTO public.event VALUES ('s2', 12, '2024-03-03 00:00:00+00', 'payment_asked', '{"kind":"charge","invoice":2,"attempt":1,"ask_at":"2024-03-03T00:01:00Z"}');
INSERT INTO public.event VALUES ('s2', 13, '2024-03-03 00:00:00+00', 'slip_reminded', '{"invoice":2,"attempt":1,"expires_at":"2024-03-04T00:00:00Z"}');
INSERT INTO public.event VALUES ('s2', 14, '2024-03-03 00:00:00+00', 'payment_unknown', '{"kind":"charge","invoice":2,"attempt":1,"code":"pending","ask_at":"2024-03-04T00:00:00Z"}');
INSERT INTO public.event VALUES ('s2', 15, '2024-03-04 00:00:00+00', 'payment_asked', '{"kind":"charge","invoice":2,"attempt":1,"ask_at":"2024-03-04T00:01:00Z"}');
INSERT INTO public.event VALUES ('s2', 16, '2024-03-04 00:00:00+00', 'charge_declined', '{"invoice":2,"attempt":1,"code":"voucher_expired","give_up_at":"2024-03-31T00:00:00Z"}');
INSERT INTO public.event VALUES ('s2', 17, '2024-03-13 00:00:00+00', 'refund_requested', '{"invoice":1,"refund":1,"charge_attempt":1,"amount":1000,"token":"tok_voucher","tax":47,"shares":[{"party_id":"market","amount":94},{"party_id":"ana","amount":858}],"period":1,"reason":"sorry","ask_at":"2024-03-13T00:01:00Z"}');
INSERT INTO public.event VALUES ('s2', 18, '2024-03-13 00:00:00+00', 'refund_succeeded', '{"invoice":1,"refund":1,"credit_note":1,"amount":1000,"postings":{"refunds":953,"tax":47,"provider":-1000,"distribution":-952,"payable":{"market":94,"ana":858}}}');
INSERT INTO public.event VALUES ('s2', 19, '2024-03-13 00:00:00+00', 'charge_requested', '{"invoice":2,"attempt":2,"amount":2990,"token":"tok_voucher","ask_at":"2024-03-13T00:01:00Z"}');
INSERT INTO public.event VALUES ('s2', 20, '2024-03-13 00:00:00+00', 'slip_issued', '{"invoice":2,"attempt":2,"slip":{"expires_at":"2024-03-16T00:00:00Z","remind_at":"2024-03-15T00:00:00Z","reference":"slip-s2:2:2"},"ask_at":"2024-03-14T00:00:00Z"}');
INSERT INTO public.event VALUES ('s4', 7, '2024-03-01 00:00:00+00', 'invoice_issued', '{"reason":"final_usage","period":{"index":1,"start":"2024-01-31T00:00:00Z","end":"2024-03-01T00:00:00Z"},"invoice":{"number":2,"lines":[{"type":"usage","amount":750,"description":"Prints: 5","period":{"index":1,"start":"2024-01-31T00:00:00Z","end":"2024-03-01T00:00:00Z"}},{"type":"usage","amount":100,"description":"Users: 1","period":{"index":1,"start":"2024-01-31T00:00:00Z","end":"2024-03-01T00:00:00Z"}}],"total":850,"taxes":[{"name":"ISS","country":"BR","milli_percent":5000,"inclusive":true,"base":810,"amount":40}]},"usage_billed":true,"postings":{"receivable":850,"tax":-40,"revenue":-810}}');
INSERT INTO public.event VALUES ('s4', 8, '2024-03-01 00:00:00+00', 'charge_requested', '{"invoice":2,"attempt":1,"amount":850,"token":"tok_ok","ask_at":"2024-03-01T00:01:00Z"}');
INSERT INTO public.event VALUES ('s4', 9, '2024-03-01 00:00:00+00', 'canceled', '{"cancellation":{"origin":"administrator","reason":"price"}}');
INSERT INTO public.event VALUES ('w', 9, '2024-03-01 00:00:00+00', 'slip_issued', '{"invoice":2,"attempt":1,"slip":{"expires_at":"2024-03-04T00:00:00Z","remind_at":"2024-03-03T00:00:00Z","reference":"slip-w:2:1"},"ask_at":"2024-03-02T00:00:00Z"}');
INSERT INTO public.event VALUES ('s1', 18, '2024-03-01 00:00:00+00', 'charge_declined', '{"invoice":3,"attempt":1,"code":"do_not_honor","next_attempt_at":"2024-03-02T00:00:00Z"}');
INSERT INTO public.event VALUES ('s4', 10, '2024-03-01 00:00:00+00', 'charge_succeeded', '{"invoice":2,"attempt":1,"amount":850,"postings":{"provider":850,"receivable":-850,"distribution":810,"payable":{"ana":-810}}}');
INSERT INTO public.event VALUES ('s1', 19, '2024-03-02 00:00:00+00', 'charge_requested', '{"invoice":3,"attempt":2,"amount":7240,"token":"tok_decline_1","scheduled_retry":true,"ask_at":"2024-03-02T00:01:00Z"}');
INSERT INTO public.event VALUES ('w', 10, '2024-03-02 00:00:00+00', 'payment_asked', '{"kind":"charge","invoice":2,"attempt":1,"ask_at":"2024-03-02T00:01:00Z"}');
INSERT INTO public.event VALUES ('s1', 20, '2024-03-02 00:00:00+00', 'charge_succeeded', '{"invoice":3,"attempt":2,"amount":7240,"postings":{"provider":7240,"receivable":-7240,"distribution":6895,"payable":{"ana":-6895}}}');
INSERT INTO public.event VALUES ('w', 11, '2024-03-02 00:00:00+00', 'payment_unknown', '{"kind":"charge","invoice":2,"attempt":1,"code":"pending","ask_at":"2024-03-03T00:00:00Z"}');
INSERT INTO public.event VALUES ('w', 12, '2024-03-03 00:00:00+00', 'payment_asked', '{"kind":"charge","invoice":2,"attempt":1,"ask_at":"2024-03-03T00:01:00Z"}');
INSERT INTO public.event VALUES ('w', 13, '2024-03-03 00:00:00+00', 'slip_reminded', '{"invoice":2,"attempt":1,"expires_at":"2024-03-04T00:00:00Z"}');
INSERT INTO public.event VALUES ('w', 14, '2024-03-03 00:00:00+00', 'payment_unknown', '{"kind":"charge","invoice":2,"attempt":1,"code":"pending","ask_at":"2024-03-04T00:00:00Z"}');
INSERT INTO public.event VALUES ('w', 15, '2024-03-04 00:00:00+00', 'payment_asked', '{"kind":"charge","invoice":2,"attempt":1,"ask_at":"2024-03-04T00:01:00Z"}');
INSERT INTO public.event VALUES ('w', 16, '2024-03-04 00:00:00+00', 'charge_declined', '{"invoice":2,"attempt":1,"code":"voucher_expired","give_up_at":"2024-03-31T00:00:00Z"}');
INSERT INTO public.event VALUES ('s3', 6, '2024-03-07 00:00:00+00', 'charge_requested', '{"invoice":1,"attempt":2,"amount":2491,"token":"tok_ok","ask_at":"2024-03-07T00:01:00Z"}');
INSERT INTO public.event VALUES ('s3', 7, '2024-03-07 00:00:00+00', 'charge_succeeded', '{"invoice":1,"attempt":2,"amount":2491,"next_part_at":"2024-04-07T00:00:00Z","postings":{"provider":2491,"receivable":-2491,"distribution":2373,"payable":{"ana":-2373}}}');
INSERT INTO public.event VALUES ('s7', 8, '2024-03-13 00:00:00+00', 'renewal_alerted', '{"renews_at":"2024-03-16T00:00:00Z","amount":2990}');


--
-- Data for Name: offer; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.offer VALUES ('basic', 'monthly', 'course', 'ana', 'BRL');
INSERT INTO public.offer VALUES ('pro', 'monthly', 'course', 'ana', 'BRL');
INSERT INTO public.offer VALUES ('year', 'yearly', 'course', 'ana', 'BRL');


--
-- Data for Name: offer_version; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.offer_version VALUES ('basic', 1, 2990, '{"split": [{"role": "platform", "amount": null, "party_id": "market", "milli_percent": 9900}, {"role": "affiliate", "amount": null, "party_id": null, "milli_percent": 30000}], "meters": [], "add_ons": [], "customers_may_choose": true}');
INSERT INTO public.offer_version VALUES ('pro', 1, 5990, '{"split": [], "meters": [{"id": "prints", "name": "Prints", "price": {"per": 1, "amount": 250}, "tiers": [], "pricing": "per_unit", "aggregation": "sum", "package_units": null, "included_units": 2}, {"id": "users", "name": "Users", "price": {"per": 1, "amount": 100}, "tiers": [], "pricing": "per_unit", "aggregation": "unique", "package_units": null, "included_units": 0}], "add_ons": [], "customers_may_choose": true}');
INSERT INTO public.offer_version VALUES ('year', 1, 29900, '{"split": [], "meters": [], "add_ons": [], "customers_may_choose": true}');


--
-- Data for Name: outbox; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.outbox VALUES (1, 's2', 4, 'slip_issued', 'ana', '2024-01-31 00:00:00+00', '{"subscription_id":"s2","product_id":"course","customer":{"id":"c-s2","country":"BR"},"amount":2990,"currency":"BRL","invoice":1,"attempt":1,"expires_at":"2024-02-03T00:00:00Z","reference":"slip-s2:1:1"}');
INSERT INTO public.outbox VALUES (2, 's5', 4, 'slip_issued', 'ana', '2024-01-31 00:00:00+00', '{"subscription_id":"s5","product_id":"course","customer":{"id":"c-s5","country":"BR"},"amount":2990,"currency":"BRL","invoice":1,"attempt":1,"expires_at":"2024-02-03T00:00:00Z","reference":"slip-s5:1:1"}');
INSERT INTO public.outbox VALUES (3, 'w', 4, 'slip_issued', 'ana', '2024-02-01 00:00:00+00', '{"subscription_id":"w","product_id":"course","customer":{"id":"c-w","country":"BR"},"amount":2990,"currency":"BRL","invoice":1,"attempt":1,"expires_at":"2024-02-04T00:00:00Z","reference":"slip-w:1:1"}');
INSERT INTO public.outbox VALUES (4, 's5', 8, 'slip_reminder', 'ana', '2024-02-02 00:00:00+00', '{"subscription_id":"s5","product_id":"course","customer":{"id":"c-s5","country":"BR"},"amount":2990,"currency":"BRL","invoice":1,"attempt":1,"expires_at":"2024-02-03T00:00:00Z","reference":"slip-s5:1:1"}');
INSERT INTO public.outbox VALUES (5, 's1', 15, 'renewal_alert', 'ana', '2024-02-27 00:00:00+00', '{"subscription_id":"s1","product_id":"course","customer":{"id":"c-s1","country":"BR"},"amount":7240,"currency":"BRL","renews_at":"2024-03-01T00:00:00Z"}');
INSERT INTO public.outbox VALUES (6, 'w', 6, 'renewal_alert', 'ana', '2024-02-27 00:00:00+00', '{"subscription_id":"w","product_id":"course","customer":{"id":"c-w","country":"BR"},"amount":2990,"currency":"BRL","renews_at":"2024-03-01T00:00:00Z"}');
INSERT INTO public.outbox VALUES (7, 's2', 6, 'renewal_alert', 'ana', '2024-02-27 00:00:00+00', '{"subscription_id":"s2","product_id":"course","customer":{"id":"c-s2","country":"BR"},"amount":2990,"currency":"BRL","renews_at":"2024-03-01T00:00:00Z"}');
INSERT INTO public.outbox VALUES (8, 'w', 9, 'slip_issued', 'ana', '2024-03-01 00:00:00+00', '{"subscription_id":"w","product_id":"course","customer":{"id":"c-w","country":"BR"},"amount":2990,"currency":"BRL","invoice":2,"attempt":1,"expires_at":"2024-03-04T00:00:00Z","reference":"slip-w:2:1"}');
INSERT INTO public.outbox VALUES (9, 's2', 9, 'slip_issued', 'ana', '2024-03-01 00:00:00+00', '{"subscription_id":"s2","product_id":"course","customer":{"id":"c-s2","country":"BR"},"amount":2990,"currency":"BRL","invoice":2,"attempt":1,"expires_at":"2024-03-04T00:00:00Z","reference":"slip-s2:2:1"}');
INSERT INTO public.outbox VALUES (10, 'w', 13, 'slip_reminder', 'ana', '2024-03-03 00:00:00+00', '{"subscription_id":"w","product_id":"course","customer":{"id":"c-w","country":"BR"},"amount":2990,"currency":"BRL","invoice":2,"attempt":1,"expires_at":"2024-03-04T00:00:00Z","reference":"slip-w:2:1"}');
INSERT INTO public.outbox VALUES (11, 's2', 13, 'slip_reminder', 'ana', '2024-03-03 00:00:00+00', '{"subscription_id":"s2","product_id":"course","customer":{"id":"c-s2","country":"BR"},"amount":2990,"currency":"BRL","invoice":2,"attempt":1,"expires_at":"2024-03-04T00:00:00Z","reference":"slip-s2:2:1"}');
INSERT INTO public.outbox VALUES (12, 's7', 8, 'renewal_alert', 'ana', '2024-03-13 00:00:00+00', '{"subscription_id":"s7","product_id":"course","customer":{"id":"c-s7","country":"BR"},"amount":2990,"currency":"BRL","renews_at":"2024-03-16T00:00:00Z"}');
INSERT INTO public.outbox VALUES (13, 's2', 20, 'slip_issued', 'ana', '2024-03-13 00:00:00+00', '{"subscription_id":"s2","product_id":"course","customer":{"id":"c-s2","country":"BR"},"amount":2990,"currency":"BRL","invoice":2,"attempt":2,"expires_at":"2024-03-16T00:00:00Z","reference":"slip-s2:2:2"}');


--
-- Data for Name: plan; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.plan VALUES ('monthly', 'course', '{"id": "monthly", "name": "Monthly", "dunning": null, "interval": {"unit": "month", "count": 1}, "alert_days": 3, "product_id": "course", "trial_days": 0, "recurrences": null, "installments": 1}');
INSERT INTO public.plan VALUES ('yearly', 'course', '{"id": "yearly", "name": "Yearly", "dunning": null, "interval": {"unit": "year", "count": 1}, "alert_days": null, "product_id": "course", "trial_days": 7, "recurrences": null, "installments": 12}');


--
-- Data for Name: product; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.product VALUES ('course', 'ana', '{"id": "course", "tax": {"rates": [{"name": "ISS", "country": "BR", "milli_percent": 5000}], "inclusive": true}, "name": "Watercolours", "dunning": {"max_retries": 5, "window_days": 30, "on_exhausted": "cancel", "schedule_days": [1, 3, 5, 7, 7], "move_billing_date": false}, "loyalty": null, "voucher": {"valid_days": 3, "reminder_days": 1}, "retention": null, "seller_id": "ana", "time_zone": "America/Sao_Paulo", "on_chargeback": "cancel", "trial_without_payment_method": "cancel"}');


--
-- Data for Name: schema_version; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.schema_version VALUES (1, '0001_journal.sql', '2026-11-29 08:40:04.500437+00');
INSERT INTO public.schema_version VALUES (2, '0002_directory.sql', '2026-11-29 08:40:04.528413+00');
INSERT INTO public.schema_version VALUES (3, '0003_statistics.sql', '2026-11-29 08:40:04.541761+00');
INSERT INTO public.schema_version VALUES (4, '0004_catalog.sql', '2026-11-29 08:40:04.556649+00');
INSERT INTO public.schema_version VALUES (5, '0005_keys_and_settings.sql', '2026-11-29 08:40:04.569094+00');
INSERT INTO public.schema_version VALUES (6, '0006_statistic_slices.sql', '2026-11-29 08:40:04.58265+00');
INSERT INTO public.schema_version VALUES (7, '0007_offer_data.sql', '2026-11-29 08:40:04.592559+00');
INSERT INTO public.schema_version VALUES (8, '0008_coupons.sql', '2026-11-29 08:40:04.59504+00');
INSERT INTO public.schema_version VALUES (9, '0009_usage_keys.sql', '2026-11-29 08:40:04.607496+00');
INSERT INTO public.schema_version VALUES (10, '0010_outbox.sql', '2026-11-29 08:40:04.6222+00');
INSERT INTO public.schema_version VALUES (11, '0011_balances.sql', '2026-11-29 08:40:04.635343+00');
INSERT INTO public.schema_version VALUES (12, '0012_documents.sql', '2026-11-29 08:40:04.646579+00');
INSERT INTO public.schema_version VALUES (13, '0013_statistic_months.sql', '2026-11-29 08:40:04.71583+00');
INSERT INTO public.schema_version VALUES (14, '0014_due_by_group.sql', '2026-11-29 08:40:04.760757+00');


--
-- Data for Name: setting; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.setting VALUES ('virtual_clock', '2024-03-13T06:00:00Z');


--
-- Data for Name: statistic_closed; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.statistic_closed VALUES ('basic', 19783);
INSERT INTO public.statistic_closed VALUES ('pro', 19783);
INSERT INTO public.statistic_closed VALUES ('year', 19783);


--
-- Data for Name: statistic_day; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.statistic_day VALUES ('basic', 19753, 1, -1, 3);
INSERT INTO public.statistic_day VALUES ('basic', 19753, 3, -1, 3);
INSERT INTO public.statistic_day VALUES ('basic', 19753, 10, -1, 3);
INSERT INTO public.statistic_day VALUES ('basic', 19753, 20, -1, 8970);
INSERT INTO public.statistic_day VALUES ('basic', 19753, 22, -1, 3);
INSERT INTO public.statistic_day VALUES ('basic', 19753, 23, -1, 8970);
INSERT INTO public.statistic_day VALUES ('basic', 19753, 32, -1, 2);
INSERT INTO public.statistic_day VALUES ('basic', 19753, 40, -1, 8970);
INSERT INTO public.statistic_day VALUES ('basic', 19753, 50, 24288, 3);
INSERT INTO public.statistic_day VALUES ('basic', 19753, 51, 24288, 3);
INSERT INTO public.statistic_day VALUES ('basic', 19753, 60, 24290, 8970);
INSERT INTO public.statistic_day VALUES ('basic', 19754, 1, -1, -1);
INSERT INTO public.statistic_day VALUES ('basic', 19754, 3, -1, 2);
INSERT INTO public.statistic_day VALUES ('basic', 19754, 10, -1, 2);
INSERT INTO public.statistic_day VALUES ('basic', 19754, 20, -1, 4485);
INSERT INTO public.statistic_day VALUES ('basic', 19754, 22, -1, 2);
INSERT INTO public.statistic_day VALUES ('basic', 19754, 23, -1, 5980);
INSERT INTO public.statistic_day VALUES ('basic', 19754, 33, -1, 1);
INSERT INTO public.statistic_day VALUES ('basic', 19754, 40, -1, 5980);
INSERT INTO public.statistic_day VALUES ('basic', 19754, 50, 24288, 1);
INSERT INTO public.statistic_day VALUES ('basic', 19754, 50, 24289, 1);
INSERT INTO public.statistic_day VALUES ('basic', 19754, 51, 24288, 1);
INSERT INTO public.statistic_day VALUES ('basic', 19754, 51, 24289, 1);
INSERT INTO public.statistic_day VALUES ('basic', 19754, 60, 24290, 5980);
INSERT INTO public.statistic_day VALUES ('basic', 19756, 32, -1, 1);
INSERT INTO public.statistic_day VALUES ('basic', 19763, 3, -1, -3);
INSERT INTO public.statistic_day VALUES ('basic', 19763, 5, -1, 1);
INSERT INTO public.statistic_day VALUES ('basic', 19763, 6, -1, 1);
INSERT INTO public.statistic_day VALUES ('basic', 19763, 11, 1, 1);
INSERT INTO public.statistic_day VALUES ('basic', 19763, 12, 1, 907200);
INSERT INTO public.statistic_day VALUES ('basic', 19763, 13, 1, 1047);
INSERT INTO public.statistic_day VALUES ('basic', 19763, 14, 1, 1);
INSERT INTO public.statistic_day VALUES ('basic', 19763, 21, -1, 1943);
INSERT INTO public.statistic_day VALUES ('basic', 19763, 23, -1, -8970);
INSERT INTO public.statistic_day VALUES ('basic', 19763, 43, -1, -2990);
INSERT INTO public.statistic_day VALUES ('basic', 19763, 45, -1, -2990);
INSERT INTO public.statistic_day VALUES ('basic', 19763, 47, -1, -2990);
INSERT INTO public.statistic_day VALUES ('basic', 19763, 50, 24288, -2);
INSERT INTO public.statistic_day VALUES ('basic', 19763, 60, 24290, -8970);
INSERT INTO public.statistic_day VALUES ('basic', 19778, 3, -1, 1);
INSERT INTO public.statistic_day VALUES ('basic', 19778, 5, -1, -1);
INSERT INTO public.statistic_day VALUES ('basic', 19778, 23, -1, 2990);
INSERT INTO public.statistic_day VALUES ('basic', 19778, 46, -1, 2990);
INSERT INTO public.statistic_day VALUES ('basic', 19778, 60, 24290, 2990);
INSERT INTO public.statistic_day VALUES ('basic', 19783, 1, -1, -2);
INSERT INTO public.statistic_day VALUES ('basic', 19783, 7, -1, 2);
INSERT INTO public.statistic_day VALUES ('basic', 19783, 34, -1, 2);
INSERT INTO public.statistic_day VALUES ('basic', 19783, 60, 24290, -2990);
INSERT INTO public.statistic_day VALUES ('basic', 19783, 60, 24291, 2990);
INSERT INTO public.statistic_day VALUES ('basic', 19786, 3, -1, -2);
INSERT INTO public.statistic_day VALUES ('basic', 19786, 4, -1, 2);
INSERT INTO public.statistic_day VALUES ('basic', 19786, 32, -1, 2);
INSERT INTO public.statistic_day VALUES ('basic', 19795, 21, -1, 1000);
INSERT INTO public.statistic_day VALUES ('pro', 19753, 1, -1, 0);
INSERT INTO public.statistic_day VALUES ('pro', 19753, 3, -1, 1);
INSERT INTO public.statistic_day VALUES ('pro', 19753, 10, -1, 1);
INSERT INTO public.statistic_day VALUES ('pro', 19753, 20, -1, 5990);
INSERT INTO public.statistic_day VALUES ('pro', 19753, 22, -1, 1);
INSERT INTO public.statistic_day VALUES ('pro', 19753, 23, -1, 5990);
INSERT INTO public.statistic_day VALUES ('pro', 19753, 40, -1, 5990);
INSERT INTO public.statistic_day VALUES ('pro', 19753, 50, 24288, 1);
INSERT INTO public.statistic_day VALUES ('pro', 19753, 51, 24288, 1);
INSERT INTO public.statistic_day VALUES ('pro', 19753, 60, 24290, 5990);
INSERT INTO public.statistic_day VALUES ('pro', 19763, 3, -1, 0);
INSERT INTO public.statistic_day VALUES ('pro', 19763, 4, -1, 1);
INSERT INTO public.statistic_day VALUES ('pro', 19763, 23, -1, 5990);
INSERT INTO public.statistic_day VALUES ('pro', 19763, 32, -1, 1);
INSERT INTO public.statistic_day VALUES ('pro', 19763, 41, -1, 3000);
INSERT INTO public.statistic_day VALUES ('pro', 19763, 47, -1, 2990);
INSERT INTO public.statistic_day VALUES ('pro', 19763, 50, 24288, 1);
INSERT INTO public.statistic_day VALUES ('pro', 19763, 60, 24290, 0);
INSERT INTO public.statistic_day VALUES ('pro', 19764, 3, -1, 1);
INSERT INTO public.statistic_day VALUES ('pro', 19764, 4, -1, -1);
INSERT INTO public.statistic_day VALUES ('pro', 19764, 20, -1, 975);
INSERT INTO public.statistic_day VALUES ('pro', 19764, 33, -1, 1);
INSERT INTO public.statistic_day VALUES ('pro', 19783, 3, -1, -2);
INSERT INTO public.statistic_day VALUES ('pro', 19783, 4, -1, 1);
INSERT INTO public.statistic_day VALUES ('pro', 19783, 6, -1, 1);
INSERT INTO public.statistic_day VALUES ('pro', 19783, 11, 1, 1);
INSERT INTO public.statistic_day VALUES ('pro', 19783, 12, 1, 2592000);
INSERT INTO public.statistic_day VALUES ('pro', 19783, 13, 1, 6840);
INSERT INTO public.statistic_day VALUES ('pro', 19783, 14, 1, 1);
INSERT INTO public.statistic_day VALUES ('pro', 19783, 20, -1, 850);
INSERT INTO public.statistic_day VALUES ('pro', 19783, 23, -1, -5990);
INSERT INTO public.statistic_day VALUES ('pro', 19783, 32, -1, 1);
INSERT INTO public.statistic_day VALUES ('pro', 19783, 34, -1, 1);
INSERT INTO public.statistic_day VALUES ('pro', 19783, 43, -1, -5990);
INSERT INTO public.statistic_day VALUES ('pro', 19783, 50, 24288, -1);
INSERT INTO public.statistic_day VALUES ('pro', 19784, 3, -1, 1);
INSERT INTO public.statistic_day VALUES ('pro', 19784, 4, -1, -1);
INSERT INTO public.statistic_day VALUES ('pro', 19784, 20, -1, 7240);
INSERT INTO public.statistic_day VALUES ('pro', 19784, 22, -1, 1);
INSERT INTO public.statistic_day VALUES ('pro', 19784, 33, -1, 1);
INSERT INTO public.statistic_day VALUES ('pro', 19784, 35, -1, 1);
INSERT INTO public.statistic_day VALUES ('year', 19753, 1, -1, 0);
INSERT INTO public.statistic_day VALUES ('year', 19753, 2, -1, 1);
INSERT INTO public.statistic_day VALUES ('year', 19760, 2, -1, -1);
INSERT INTO public.statistic_day VALUES ('year', 19760, 3, -1, 1);
INSERT INTO public.statistic_day VALUES ('year', 19760, 10, -1, 1);
INSERT INTO public.statistic_day VALUES ('year', 19760, 20, -1, 2491);
INSERT INTO public.statistic_day VALUES ('year', 19760, 23, -1, 2492);
INSERT INTO public.statistic_day VALUES ('year', 19760, 30, -1, 1);
INSERT INTO public.statistic_day VALUES ('year', 19760, 40, -1, 2492);
INSERT INTO public.statistic_day VALUES ('year', 19760, 50, 24288, 1);
INSERT INTO public.statistic_day VALUES ('year', 19760, 51, 24288, 1);
INSERT INTO public.statistic_day VALUES ('year', 19760, 60, 24301, 29900);
INSERT INTO public.statistic_day VALUES ('year', 19789, 20, -1, 2491);


--
-- Data for Name: statistic_delta; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: statistic_market; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.statistic_market VALUES (1, -1, 19753, 'BRL', 3);
INSERT INTO public.statistic_market VALUES (1, -1, 19754, 'BRL', -1);
INSERT INTO public.statistic_market VALUES (1, -1, 19783, 'BRL', -2);
INSERT INTO public.statistic_market VALUES (2, -1, 19753, 'BRL', 1);
INSERT INTO public.statistic_market VALUES (2, -1, 19760, 'BRL', -1);
INSERT INTO public.statistic_market VALUES (3, -1, 19753, 'BRL', 4);
INSERT INTO public.statistic_market VALUES (3, -1, 19754, 'BRL', 2);
INSERT INTO public.statistic_market VALUES (3, -1, 19760, 'BRL', 1);
INSERT INTO public.statistic_market VALUES (3, -1, 19763, 'BRL', -3);
INSERT INTO public.statistic_market VALUES (3, -1, 19764, 'BRL', 1);
INSERT INTO public.statistic_market VALUES (3, -1, 19778, 'BRL', 1);
INSERT INTO public.statistic_market VALUES (3, -1, 19783, 'BRL', -2);
INSERT INTO public.statistic_market VALUES (3, -1, 19784, 'BRL', 1);
INSERT INTO public.statistic_market VALUES (3, -1, 19786, 'BRL', -2);
INSERT INTO public.statistic_market VALUES (4, -1, 19763, 'BRL', 1);
INSERT INTO public.statistic_market VALUES (4, -1, 19764, 'BRL', -1);
INSERT INTO public.statistic_market VALUES (4, -1, 19783, 'BRL', 1);
INSERT INTO public.statistic_market VALUES (4, -1, 19784, 'BRL', -1);
INSERT INTO public.statistic_market VALUES (4, -1, 19786, 'BRL', 2);
INSERT INTO public.statistic_market VALUES (5, -1, 19763, 'BRL', 1);
INSERT INTO public.statistic_market VALUES (5, -1, 19778, 'BRL', -1);
INSERT INTO public.statistic_market VALUES (6, -1, 19763, 'BRL', 1);
INSERT INTO public.statistic_market VALUES (6, -1, 19783, 'BRL', 1);
INSERT INTO public.statistic_market VALUES (7, -1, 19783, 'BRL', 2);
INSERT INTO public.statistic_market VALUES (10, -1, 19753, 'BRL', 4);
INSERT INTO public.statistic_market VALUES (10, -1, 19754, 'BRL', 2);
INSERT INTO public.statistic_market VALUES (10, -1, 19760, 'BRL', 1);
INSERT INTO public.statistic_market VALUES (11, 1, 19763, 'BRL', 1);
INSERT INTO public.statistic_market VALUES (11, 1, 19783, 'BRL', 1);
INSERT INTO public.statistic_market VALUES (12, 1, 19763, 'BRL', 907200);
INSERT INTO public.statistic_market VALUES (12, 1, 19783, 'BRL', 2592000);
INSERT INTO public.statistic_market VALUES (13, 1, 19763, 'BRL', 1047);
INSERT INTO public.statistic_market VALUES (13, 1, 19783, 'BRL', 6840);
INSERT INTO public.statistic_market VALUES (14, 1, 19763, 'BRL', 1);
INSERT INTO public.statistic_market VALUES (14, 1, 19783, 'BRL', 1);
INSERT INTO public.statistic_market VALUES (20, -1, 19753, 'BRL', 14960);
INSERT INTO public.statistic_market VALUES (20, -1, 19754, 'BRL', 4485);
INSERT INTO public.statistic_market VALUES (20, -1, 19760, 'BRL', 2491);
INSERT INTO public.statistic_market VALUES (20, -1, 19764, 'BRL', 975);
INSERT INTO public.statistic_market VALUES (20, -1, 19783, 'BRL', 850);
INSERT INTO public.statistic_market VALUES (20, -1, 19784, 'BRL', 7240);
INSERT INTO public.statistic_market VALUES (20, -1, 19789, 'BRL', 2491);
INSERT INTO public.statistic_market VALUES (21, -1, 19763, 'BRL', 1943);
INSERT INTO public.statistic_market VALUES (21, -1, 19795, 'BRL', 1000);
INSERT INTO public.statistic_market VALUES (22, -1, 19753, 'BRL', 4);
INSERT INTO public.statistic_market VALUES (22, -1, 19754, 'BRL', 2);
INSERT INTO public.statistic_market VALUES (22, -1, 19784, 'BRL', 1);
INSERT INTO public.statistic_market VALUES (23, -1, 19753, 'BRL', 14960);
INSERT INTO public.statistic_market VALUES (23, -1, 19754, 'BRL', 5980);
INSERT INTO public.statistic_market VALUES (23, -1, 19760, 'BRL', 2492);
INSERT INTO public.statistic_market VALUES (23, -1, 19763, 'BRL', -2980);
INSERT INTO public.statistic_market VALUES (23, -1, 19778, 'BRL', 2990);
INSERT INTO public.statistic_market VALUES (23, -1, 19783, 'BRL', -5990);
INSERT INTO public.statistic_market VALUES (30, -1, 19760, 'BRL', 1);
INSERT INTO public.statistic_market VALUES (32, -1, 19753, 'BRL', 2);
INSERT INTO public.statistic_market VALUES (32, -1, 19756, 'BRL', 1);
INSERT INTO public.statistic_market VALUES (32, -1, 19763, 'BRL', 1);
INSERT INTO public.statistic_market VALUES (32, -1, 19783, 'BRL', 1);
INSERT INTO public.statistic_market VALUES (32, -1, 19786, 'BRL', 2);
INSERT INTO public.statistic_market VALUES (33, -1, 19754, 'BRL', 1);
INSERT INTO public.statistic_market VALUES (33, -1, 19764, 'BRL', 1);
INSERT INTO public.statistic_market VALUES (33, -1, 19784, 'BRL', 1);
INSERT INTO public.statistic_market VALUES (34, -1, 19783, 'BRL', 3);
INSERT INTO public.statistic_market VALUES (35, -1, 19784, 'BRL', 1);
INSERT INTO public.statistic_market VALUES (40, -1, 19753, 'BRL', 14960);
INSERT INTO public.statistic_market VALUES (40, -1, 19754, 'BRL', 5980);
INSERT INTO public.statistic_market VALUES (40, -1, 19760, 'BRL', 2492);
INSERT INTO public.statistic_market VALUES (41, -1, 19763, 'BRL', 3000);
INSERT INTO public.statistic_market VALUES (43, -1, 19763, 'BRL', -2990);
INSERT INTO public.statistic_market VALUES (43, -1, 19783, 'BRL', -5990);
INSERT INTO public.statistic_market VALUES (45, -1, 19763, 'BRL', -2990);
INSERT INTO public.statistic_market VALUES (46, -1, 19778, 'BRL', 2990);
INSERT INTO public.statistic_market VALUES (47, -1, 19763, 'BRL', 0);
INSERT INTO public.statistic_market VALUES (50, 24288, 19753, 'BRL', 4);
INSERT INTO public.statistic_market VALUES (50, 24288, 19754, 'BRL', 1);
INSERT INTO public.statistic_market VALUES (50, 24288, 19760, 'BRL', 1);
INSERT INTO public.statistic_market VALUES (50, 24288, 19763, 'BRL', -1);
INSERT INTO public.statistic_market VALUES (50, 24288, 19783, 'BRL', -1);
INSERT INTO public.statistic_market VALUES (50, 24289, 19754, 'BRL', 1);
INSERT INTO public.statistic_market VALUES (51, 24288, 19753, 'BRL', 4);
INSERT INTO public.statistic_market VALUES (51, 24288, 19754, 'BRL', 1);
INSERT INTO public.statistic_market VALUES (51, 24288, 19760, 'BRL', 1);
INSERT INTO public.statistic_market VALUES (51, 24289, 19754, 'BRL', 1);
INSERT INTO public.statistic_market VALUES (60, 24290, 19753, 'BRL', 14960);
INSERT INTO public.statistic_market VALUES (60, 24290, 19754, 'BRL', 5980);
INSERT INTO public.statistic_market VALUES (60, 24290, 19763, 'BRL', -8970);
INSERT INTO public.statistic_market VALUES (60, 24290, 19778, 'BRL', 2990);
INSERT INTO public.statistic_market VALUES (60, 24290, 19783, 'BRL', -2990);
INSERT INTO public.statistic_market VALUES (60, 24291, 19783, 'BRL', 2990);
INSERT INTO public.statistic_market VALUES (60, 24301, 19760, 'BRL', 29900);


--
-- Data for Name: statistic_month; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.statistic_month VALUES ('basic', 19723, 1, -1, 3);
INSERT INTO public.statistic_month VALUES ('basic', 19754, 1, -1, -1);
INSERT INTO public.statistic_month VALUES ('basic', 19723, 3, -1, 3);
INSERT INTO public.statistic_month VALUES ('basic', 19754, 3, -1, 0);
INSERT INTO public.statistic_month VALUES ('basic', 19754, 5, -1, 0);
INSERT INTO public.statistic_month VALUES ('basic', 19754, 6, -1, 1);
INSERT INTO public.statistic_month VALUES ('basic', 19723, 10, -1, 3);
INSERT INTO public.statistic_month VALUES ('basic', 19754, 10, -1, 2);
INSERT INTO public.statistic_month VALUES ('basic', 19754, 11, 1, 1);
INSERT INTO public.statistic_month VALUES ('basic', 19754, 12, 1, 907200);
INSERT INTO public.statistic_month VALUES ('basic', 19754, 13, 1, 1047);
INSERT INTO public.statistic_month VALUES ('basic', 19754, 14, 1, 1);
INSERT INTO public.statistic_month VALUES ('basic', 19723, 20, -1, 8970);
INSERT INTO public.statistic_month VALUES ('basic', 19754, 20, -1, 4485);
INSERT INTO public.statistic_month VALUES ('basic', 19754, 21, -1, 1943);
INSERT INTO public.statistic_month VALUES ('basic', 19723, 22, -1, 3);
INSERT INTO public.statistic_month VALUES ('basic', 19754, 22, -1, 2);
INSERT INTO public.statistic_month VALUES ('basic', 19723, 23, -1, 8970);
INSERT INTO public.statistic_month VALUES ('basic', 19754, 23, -1, 0);
INSERT INTO public.statistic_month VALUES ('basic', 19723, 32, -1, 2);
INSERT INTO public.statistic_month VALUES ('basic', 19754, 32, -1, 1);
INSERT INTO public.statistic_month VALUES ('basic', 19754, 33, -1, 1);
INSERT INTO public.statistic_month VALUES ('basic', 19723, 40, -1, 8970);
INSERT INTO public.statistic_month VALUES ('basic', 19754, 40, -1, 5980);
INSERT INTO public.statistic_month VALUES ('basic', 19754, 43, -1, -2990);
INSERT INTO public.statistic_month VALUES ('basic', 19754, 45, -1, -2990);
INSERT INTO public.statistic_month VALUES ('basic', 19754, 46, -1, 2990);
INSERT INTO public.statistic_month VALUES ('basic', 19754, 47, -1, -2990);
INSERT INTO public.statistic_month VALUES ('basic', 19723, 50, 24288, 3);
INSERT INTO public.statistic_month VALUES ('basic', 19754, 50, 24288, -1);
INSERT INTO public.statistic_month VALUES ('basic', 19754, 50, 24289, 1);
INSERT INTO public.statistic_month VALUES ('basic', 19723, 51, 24288, 3);
INSERT INTO public.statistic_month VALUES ('basic', 19754, 51, 24288, 1);
INSERT INTO public.statistic_month VALUES ('basic', 19754, 51, 24289, 1);
INSERT INTO public.statistic_month VALUES ('basic', 19723, 60, 24290, 8970);
INSERT INTO public.statistic_month VALUES ('basic', 19754, 60, 24290, 0);
INSERT INTO public.statistic_month VALUES ('pro', 19723, 1, -1, 0);
INSERT INTO public.statistic_month VALUES ('pro', 19723, 3, -1, 1);
INSERT INTO public.statistic_month VALUES ('pro', 19754, 3, -1, 1);
INSERT INTO public.statistic_month VALUES ('pro', 19754, 4, -1, 0);
INSERT INTO public.statistic_month VALUES ('pro', 19723, 10, -1, 1);
INSERT INTO public.statistic_month VALUES ('pro', 19723, 20, -1, 5990);
INSERT INTO public.statistic_month VALUES ('pro', 19754, 20, -1, 975);
INSERT INTO public.statistic_month VALUES ('pro', 19723, 22, -1, 1);
INSERT INTO public.statistic_month VALUES ('pro', 19723, 23, -1, 5990);
INSERT INTO public.statistic_month VALUES ('pro', 19754, 23, -1, 5990);
INSERT INTO public.statistic_month VALUES ('pro', 19754, 32, -1, 1);
INSERT INTO public.statistic_month VALUES ('pro', 19754, 33, -1, 1);
INSERT INTO public.statistic_month VALUES ('pro', 19723, 40, -1, 5990);
INSERT INTO public.statistic_month VALUES ('pro', 19754, 41, -1, 3000);
INSERT INTO public.statistic_month VALUES ('pro', 19754, 47, -1, 2990);
INSERT INTO public.statistic_month VALUES ('pro', 19723, 50, 24288, 1);
INSERT INTO public.statistic_month VALUES ('pro', 19754, 50, 24288, 1);
INSERT INTO public.statistic_month VALUES ('pro', 19723, 51, 24288, 1);
INSERT INTO public.statistic_month VALUES ('pro', 19723, 60, 24290, 5990);
INSERT INTO public.statistic_month VALUES ('pro', 19754, 60, 24290, 0);
INSERT INTO public.statistic_month VALUES ('year', 19723, 1, -1, 0);
INSERT INTO public.statistic_month VALUES ('year', 19723, 2, -1, 1);
INSERT INTO public.statistic_month VALUES ('year', 19754, 2, -1, -1);
INSERT INTO public.statistic_month VALUES ('year', 19754, 3, -1, 1);
INSERT INTO public.statistic_month VALUES ('year', 19754, 10, -1, 1);
INSERT INTO public.statistic_month VALUES ('year', 19754, 20, -1, 2491);
INSERT INTO public.statistic_month VALUES ('year', 19754, 23, -1, 2492);
INSERT INTO public.statistic_month VALUES ('year', 19754, 30, -1, 1);
INSERT INTO public.statistic_month VALUES ('year', 19754, 40, -1, 2492);
INSERT INTO public.statistic_month VALUES ('year', 19754, 50, 24288, 1);
INSERT INTO public.statistic_month VALUES ('year', 19754, 51, 24288, 1);
INSERT INTO public.statistic_month VALUES ('year', 19754, 60, 24301, 29900);


--
-- Data for Name: subscription; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.subscription VALUES ('s1', 20, '2024-03-28 00:00:00+00', 359, 'active', '{"state":{"id":"s1","version":20,"status":"active","offer_id":"pro","offer_version":1,"affiliate_id":"zoe","customer":{"id":"c-s1","country":"BR"},"payment_token":"tok_decline_1","created_at":"2024-01-31T00:00:00Z","updated_at":"2024-03-02T00:00:00Z","started_at":"2024-01-31T00:00:00Z","anchor":"2024-01-30T21:00:00","anchor_index":1,"term_start_index":1,"current_period":{"index":2,"start":"2024-03-01T00:00:00Z","end":"2024-03-31T00:00:00Z"},"service_value":5990,"service_invoice":3,"alert_at":"2024-03-28T00:00:00Z","usage_window":1,"invoice_count":3,"paid_recurrences":2,"lifetime_paid":9710,"declines":[{"token":"tok_decline_1","at":"2024-02-10T12:00:00Z"},{"token":"tok_decline_1","at":"2024-03-01T00:00:00Z"}]}}');
INSERT INTO public.subscription VALUES ('s3', 7, '2024-04-07 00:00:00+00', 207, 'active', '{"state":{"id":"s3","version":7,"status":"active","offer_id":"year","offer_version":1,"customer":{"id":"c-s3","country":"BR"},"payment_token":"tok_ok","created_at":"2024-01-31T00:00:00Z","updated_at":"2024-03-07T00:00:00Z","started_at":"2024-01-31T00:00:00Z","trial_days":7,"trial_start":"2024-01-31T00:00:00Z","trial_end":"2024-02-07T00:00:00Z","anchor":"2024-02-06T21:00:00","anchor_index":1,"term_start_index":1,"current_period":{"index":1,"start":"2024-02-07T00:00:00Z","end":"2025-02-07T00:00:00Z"},"service_value":29900,"service_invoice":1,"invoice_count":1,"open_invoices":[{"number":1,"period":{"index":1,"start":"2024-02-07T00:00:00Z","end":"2025-02-07T00:00:00Z"},"total":29900,"paid":4982,"gross":29900,"tax":1424,"parts":12,"parts_paid":2,"parts_from":"2024-02-06T21:00:00","attempts":2,"next_attempt_at":"2024-04-07T00:00:00Z"}],"lifetime_paid":4982}}');
INSERT INTO public.subscription VALUES ('s2', 20, '2024-03-14 00:00:00+00', 801, 'past_due', '{"state":{"id":"s2","version":20,"status":"past_due","offer_id":"basic","offer_version":1,"customer":{"id":"c-s2","country":"BR"},"payment_token":"tok_voucher","created_at":"2024-01-31T00:00:00Z","updated_at":"2024-03-13T00:00:00Z","started_at":"2024-01-31T00:00:00Z","anchor":"2024-01-30T21:00:00","anchor_index":1,"term_start_index":1,"current_period":{"index":2,"start":"2024-03-01T00:00:00Z","end":"2024-03-31T00:00:00Z"},"service_value":2990,"service_invoice":2,"alert_at":"2024-03-28T00:00:00Z","invoice_count":2,"open_invoices":[{"number":2,"period":{"index":2,"start":"2024-03-01T00:00:00Z","end":"2024-03-31T00:00:00Z"},"total":2990,"renewal":true,"gross":2990,"tax":142,"attempts":2,"first_attempt_at":"2024-03-01T00:00:00Z","overdue":true,"last_code":"voucher_expired"}],"charge":{"kind":"charge","invoice":2,"attempt":2,"amount":2990,"token":"tok_voucher","requested_at":"2024-03-13T00:00:00Z","asks":1,"ask_at":"2024-03-14T00:00:00Z","slip":{"expires_at":"2024-03-16T00:00:00Z","remind_at":"2024-03-15T00:00:00Z","reference":"slip-s2:2:2"}},"credit_note_count":1,"paid_recurrences":1,"lifetime_paid":1990,"declines":[{"token":"tok_voucher","at":"2024-03-04T00:00:00Z"}]},"keys":[{"key":12614745803645021534,"fingerprint":2056922373402468909,"version":17,"at":"2024-03-13T00:00:00Z"}]}');
INSERT INTO public.subscription VALUES ('s8', 7, NULL, 856, 'canceled', '{"state":{"id":"s8","version":7,"status":"canceled","offer_id":"basic","offer_version":1,"customer":{"id":"c-s8","country":"BR"},"payment_token":"tok_ok","created_at":"2024-01-31T00:00:00Z","updated_at":"2024-02-10T12:00:00Z","started_at":"2024-01-31T00:00:00Z","anchor":"2024-01-30T21:00:00","anchor_index":1,"term_start_index":1,"current_period":{"index":1,"start":"2024-01-31T00:00:00Z","end":"2024-03-01T00:00:00Z"},"service_value":2990,"service_invoice":1,"service_returned":1943,"canceled_at":"2024-02-10T12:00:00Z","cancellation":{"origin":"administrator","reason":"too_expensive"},"invoice_count":1,"credit_note_count":1,"paid_recurrences":1,"lifetime_paid":1047}}');
INSERT INTO public.subscription VALUES ('s6', 6, NULL, 28, 'expired', '{"state":{"id":"s6","version":6,"status":"expired","offer_id":"basic","offer_version":1,"customer":{"id":"c-s6","country":"BR"},"payment_token":"tok_lost_card","payment_blocked":true,"created_at":"2024-01-31T00:00:00Z","updated_at":"2024-03-01T00:00:00Z","anchor":"2024-01-30T21:00:00","anchor_index":1,"term_start_index":1,"current_period":{"index":1,"start":"2024-01-31T00:00:00Z","end":"2024-03-01T00:00:00Z"},"service_value":2990,"service_invoice":1,"ended_unserved":true,"invoice_count":1,"declines":[{"token":"tok_lost_card","at":"2024-01-31T00:00:00Z"}]}}');
INSERT INTO public.subscription VALUES ('s5', 13, NULL, 971, 'expired', '{"state":{"id":"s5","version":13,"status":"expired","offer_id":"basic","offer_version":1,"customer":{"id":"c-s5","country":"BR"},"payment_token":"tok_voucher","created_at":"2024-01-31T00:00:00Z","updated_at":"2024-03-01T00:00:00Z","anchor":"2024-01-30T21:00:00","anchor_index":1,"term_start_index":1,"current_period":{"index":1,"start":"2024-01-31T00:00:00Z","end":"2024-03-01T00:00:00Z"},"service_value":2990,"service_invoice":1,"ended_unserved":true,"invoice_count":1,"declines":[{"token":"tok_voucher","at":"2024-02-03T00:00:00Z"}]}}');
INSERT INTO public.subscription VALUES ('w', 16, '2024-03-29 00:00:00+00', 54, 'past_due', '{"state":{"id":"w","version":16,"status":"past_due","offer_id":"basic","offer_version":1,"customer":{"id":"c-w","country":"BR"},"payment_token":"tok_voucher","created_at":"2024-02-01T00:00:00Z","updated_at":"2024-03-04T00:00:00Z","started_at":"2024-02-01T00:00:00Z","anchor":"2024-01-31T21:00:00","anchor_index":1,"term_start_index":1,"current_period":{"index":2,"start":"2024-03-01T00:00:00Z","end":"2024-04-01T00:00:00Z"},"service_value":2990,"service_invoice":2,"alert_at":"2024-03-29T00:00:00Z","invoice_count":2,"open_invoices":[{"number":2,"period":{"index":2,"start":"2024-03-01T00:00:00Z","end":"2024-04-01T00:00:00Z"},"total":2990,"renewal":true,"gross":2990,"tax":142,"slip_unpaid":true,"attempts":1,"first_attempt_at":"2024-03-01T00:00:00Z","give_up_at":"2024-03-31T00:00:00Z","overdue":true,"last_code":"voucher_expired"}],"paid_recurrences":1,"lifetime_paid":2990,"declines":[{"token":"tok_voucher","at":"2024-03-04T00:00:00Z"}]}}');
INSERT INTO public.subscription VALUES ('s7', 8, '2024-03-16 00:00:00+00', 912, 'active', '{"state":{"id":"s7","version":8,"status":"active","offer_id":"basic","offer_version":1,"customer":{"id":"c-s7","country":"BR"},"payment_token":"tok_ok","created_at":"2024-01-31T00:00:00Z","updated_at":"2024-03-13T00:00:00Z","started_at":"2024-01-31T00:00:00Z","anchor":"2024-03-15T21:00:00","anchor_index":2,"term_start_index":1,"current_period":{"index":1,"start":"2024-01-31T00:00:00Z","end":"2024-03-16T00:00:00Z"},"served_from":"2024-02-15T00:00:00Z","service_value":2990,"service_invoice":1,"regular_length":"720:00:00","invoice_count":1,"paid_recurrences":1,"lifetime_paid":2990}}');
INSERT INTO public.subscription VALUES ('s4', 10, NULL, 178, 'canceled', '{"state":{"id":"s4","version":10,"status":"canceled","offer_id":"pro","offer_version":1,"customer":{"id":"c-s4","country":"BR"},"payment_token":"tok_ok","created_at":"2024-01-31T00:00:00Z","updated_at":"2024-03-01T00:00:00Z","started_at":"2024-01-31T00:00:00Z","anchor":"2024-01-30T21:00:00","anchor_index":1,"term_start_index":1,"current_period":{"index":1,"start":"2024-01-31T00:00:00Z","end":"2024-03-01T00:00:00Z"},"service_value":5990,"service_invoice":1,"usage_window":1,"canceled_at":"2024-03-01T00:00:00Z","cancellation":{"origin":"administrator","reason":"price"},"invoice_count":2,"paid_recurrences":1,"lifetime_paid":6840}}');


--
-- Data for Name: usage_key; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.usage_key VALUES ('s4', 'e/u1');
INSERT INTO public.usage_key VALUES ('s4', 'e/u2');
INSERT INTO public.usage_key VALUES ('s4', 'u/users/0/x');
INSERT INTO public.usage_key VALUES ('s4', 'e/u3');
INSERT INTO public.usage_key VALUES ('s1', 'e/u1');


--
-- Name: document_waiting_position_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.document_waiting_position_seq', 16, true);


--
-- Name: outbox_position_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.outbox_position_seq', 13, true);


--
-- Name: api_key api_key_hash_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_hash_key UNIQUE (hash);


--
-- Name: api_key api_key_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_pkey PRIMARY KEY (id);


--
-- Name: balance balance_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.balance
    ADD CONSTRAINT balance_pkey PRIMARY KEY (seller_id, party_id, currency);


--
-- Name: coupon coupon_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.coupon
    ADD CONSTRAINT coupon_pkey PRIMARY KEY (id);


--
-- Name: coupon_redemption coupon_redemption_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.coupon_redemption
    ADD CONSTRAINT coupon_redemption_pkey PRIMARY KEY (coupon_id, subscription_id);


--
-- Name: directory directory_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.directory
    ADD CONSTRAINT directory_pkey PRIMARY KEY (id);


--
-- Name: document document_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_pkey PRIMARY KEY (subscription_id, kind, ordinal);


--
-- Name: document document_seller_id_kind_number_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_seller_id_kind_number_key UNIQUE (seller_id, kind, number);


--
-- Name: document_series document_series_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.document_series
    ADD CONSTRAINT document_series_pkey PRIMARY KEY (seller_id, kind);


--
-- Name: document_waiting document_waiting_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.document_waiting
    ADD CONSTRAINT document_waiting_pkey PRIMARY KEY ("position");


--
-- Name: event event_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (subscription_id, sequence);


--
-- Name: offer offer_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.offer
    ADD CONSTRAINT offer_pkey PRIMARY KEY (id);


--
-- Name: offer_version offer_version_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.offer_version
    ADD CONSTRAINT offer_version_pkey PRIMARY KEY (id, version);


--
-- Name: outbox outbox_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY ("position");


--
-- Name: plan plan_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.plan
    ADD CONSTRAINT plan_pkey PRIMARY KEY (id);


--
-- Name: product product_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.product
    ADD CONSTRAINT product_pkey PRIMARY KEY (id);


--
-- Name: schema_version schema_version_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.schema_version
    ADD CONSTRAINT schema_version_pkey PRIMARY KEY (version);


--
-- Name: setting setting_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.setting
    ADD CONSTRAINT setting_pkey PRIMARY KEY (name);


--
-- Name: statistic_closed statistic_closed_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.statistic_closed
    ADD CONSTRAINT statistic_closed_pkey PRIMARY KEY (offer_id);


--
-- Name: statistic_day statistic_day_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.statistic_day
    ADD CONSTRAINT statistic_day_pkey PRIMARY KEY (offer_id, day, metric, slice);


--
-- Name: statistic_market statistic_market_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.statistic_market
    ADD CONSTRAINT statistic_market_pkey PRIMARY KEY (metric, slice, day, currency);


--
-- Name: statistic_month statistic_month_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.statistic_month
    ADD CONSTRAINT statistic_month_pkey PRIMARY KEY (offer_id, metric, slice, day);


--
-- Name: subscription subscription_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.subscription
    ADD CONSTRAINT subscription_pkey PRIMARY KEY (id);


--
-- Name: usage_key usage_key_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.usage_key
    ADD CONSTRAINT usage_key_pkey PRIMARY KEY (subscription_id, key);


--
-- Name: api_key_expiry; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX api_key_expiry ON public.api_key USING btree (expires_at) WHERE (expires_at IS NOT NULL);


--
-- Name: balance_party; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX balance_party ON public.balance USING btree (party_id, seller_id, currency);


--
-- Name: directory_customer; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX directory_customer ON public.directory USING btree (customer_id, id);


--
-- Name: directory_offer; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX directory_offer ON public.directory USING btree (offer_id, id);


--
-- Name: directory_plan; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX directory_plan ON public.directory USING btree (plan_id, id);


--
-- Name: directory_product; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX directory_product ON public.directory USING btree (product_id, id);


--
-- Name: directory_seller; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX directory_seller ON public.directory USING btree (seller_id, id);


--
-- Name: offer_plan; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX offer_plan ON public.offer USING btree (plan_id);


--
-- Name: offer_product; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX offer_product ON public.offer USING btree (product_id);


--
-- Name: offer_seller; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX offer_seller ON public.offer USING btree (seller_id);


--
-- Name: outbox_seller; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outbox_seller ON public.outbox USING btree (seller_id, "position");


--
-- Name: subscription_due_by_group; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX subscription_due_by_group ON public.subscription USING btree (((partition / 64)), due_at, id) WHERE (due_at IS NOT NULL);


--
-- Name: subscription_rare_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX subscription_rare_status ON public.subscription USING btree (status, id) WHERE (status = ANY (ARRAY['pending'::text, 'past_due'::text, 'paused'::text, 'expired'::text, 'completed'::text]));


--
-- Name: offer offer_plan_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.offer
    ADD CONSTRAINT offer_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES public.plan(id);


--
-- Name: offer offer_product_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.offer
    ADD CONSTRAINT offer_product_id_fkey FOREIGN KEY (product_id) REFERENCES public.product(id);


--
-- Name: offer_version offer_version_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.offer_version
    ADD CONSTRAINT offer_version_id_fkey FOREIGN KEY (id) REFERENCES public.offer(id);


--
-- Name: plan plan_product_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.plan
    ADD CONSTRAINT plan_product_id_fkey FOREIGN KEY (product_id) REFERENCES public.product(id);


--
-- PostgreSQL database dump complete
--


