CREATE TABLE coupons (
  code text PRIMARY KEY CHECK (code = upper(code)),
  percent numeric(4, 2) CHECK (percent > 0 AND percent <= 90),
  amount numeric(12, 2) CHECK (amount > 0),
  minimum numeric(12, 2) NOT NULL DEFAULT 0,
  valid_from timestamptz NOT NULL,
  valid_until timestamptz NOT NULL,
  max_uses integer NOT NULL CHECK (max_uses > 0),
  CHECK (num_nonnulls(percent, amount) = 1),
  CHECK (valid_from < valid_until)
);

CREATE TABLE redemptions (
  order_id bigint PRIMARY KEY REFERENCES orders ON DELETE CASCADE,
  coupon text NOT NULL REFERENCES coupons,
  discount numeric(12, 2) NOT NULL CHECK (discount >= 0)
);
CREATE INDEX redemptions_coupon ON redemptions (coupon);

CREATE TABLE reviews (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  product_id bigint NOT NULL REFERENCES products ON DELETE CASCADE,
  customer_id bigint NOT NULL REFERENCES customers ON DELETE CASCADE,
  rating integer NOT NULL CHECK (rating BETWEEN 1 AND 5),
  body text NOT NULL,
  written_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (product_id, customer_id)
);
CREATE INDEX reviews_customer ON reviews (customer_id);

CREATE TABLE review_votes (
  review_id bigint NOT NULL REFERENCES reviews ON DELETE CASCADE,
  customer_id bigint NOT NULL REFERENCES customers ON DELETE CASCADE,
  helpful boolean NOT NULL,
  PRIMARY KEY (review_id, customer_id)
);

CREATE TABLE wishlist_items (
  customer_id bigint NOT NULL REFERENCES customers ON DELETE CASCADE,
  product_id bigint NOT NULL REFERENCES products ON DELETE CASCADE,
  added_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (customer_id, product_id)
);
