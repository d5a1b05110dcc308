CREATE TABLE payments (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id bigint NOT NULL REFERENCES orders,
  method text NOT NULL CHECK (method IN ('card', 'transfer', 'invoice')),
  amount numeric(12, 2) NOT NULL CHECK (amount > 0),
  status text NOT NULL DEFAULT 'authorised' CHECK (status IN ('authorised', 'captured', 'failed')),
  reference text NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX payments_order ON payments (order_id);

CREATE TABLE refunds (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  payment_id bigint NOT NULL REFERENCES payments,
  amount numeric(12, 2) NOT NULL CHECK (amount > 0),
  reason text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX refunds_payment ON refunds (payment_id);

CREATE FUNCTION check_refund() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  paid numeric;
  refunded numeric;
BEGIN
  SELECT amount INTO paid FROM payments WHERE id = NEW.payment_id AND status = 'captured' FOR UPDATE;
  SELECT sum(amount) INTO refunded FROM refunds WHERE payment_id = NEW.payment_id;
  IF paid IS NULL OR refunded > paid THEN
    RAISE EXCEPTION 'refunds of payment % exceed what was paid', NEW.payment_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER refunds_check AFTER INSERT ON refunds FOR EACH ROW EXECUTE FUNCTION check_refund();
