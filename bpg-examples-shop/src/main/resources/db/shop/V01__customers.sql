CREATE TABLE countries (
  code text PRIMARY KEY CHECK (code ~ '^[A-Z]{2}$'),
  name text NOT NULL UNIQUE
);

CREATE TABLE tax_rates (
  country text NOT NULL REFERENCES countries,
  kind text NOT NULL CHECK (kind IN ('standard', 'reduced')),
  percent numeric(4, 2) NOT NULL CHECK (percent BETWEEN 0 AND 50),
  PRIMARY KEY (country, kind)
);

CREATE TABLE customers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL CHECK (email LIKE '%_@_%'),
  name text NOT NULL CHECK (name <> ''),
  blocked boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX customers_email ON customers (lower(email));

CREATE TABLE addresses (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers ON DELETE CASCADE,
  street text NOT NULL,
  postcode text NOT NULL,
  city text NOT NULL,
  country text NOT NULL REFERENCES countries,
  is_default boolean NOT NULL DEFAULT false
);
CREATE INDEX addresses_customer ON addresses (customer_id);
CREATE UNIQUE INDEX addresses_default ON addresses (customer_id) WHERE is_default;

CREATE TABLE customer_notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers ON DELETE CASCADE,
  author text NOT NULL,
  note text NOT NULL CHECK (length(note) BETWEEN 1 AND 1000),
  written_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX customer_notes_customer ON customer_notes (customer_id);

CREATE TABLE loyalty_entries (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers ON DELETE CASCADE,
  points integer NOT NULL CHECK (points <> 0),
  reason text NOT NULL,
  booked_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX loyalty_entries_customer ON loyalty_entries (customer_id);
