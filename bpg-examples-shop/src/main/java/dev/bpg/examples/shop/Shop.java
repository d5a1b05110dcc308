package dev.bpg.examples.shop;

import dev.bpg.examples.shop.catalog.Catalog;
import dev.bpg.examples.shop.catalog.Categories;
import dev.bpg.examples.shop.catalog.Prices;
import dev.bpg.examples.shop.catalog.Taxes;
import dev.bpg.examples.shop.customers.Addresses;
import dev.bpg.examples.shop.customers.Customers;
import dev.bpg.examples.shop.customers.Loyalty;
import dev.bpg.examples.shop.inventory.Inventory;
import dev.bpg.examples.shop.inventory.Purchasing;
import dev.bpg.examples.shop.orders.Carts;
import dev.bpg.examples.shop.orders.Checkout;
import dev.bpg.examples.shop.orders.Orders;
import dev.bpg.examples.shop.payments.Payments;
import dev.bpg.examples.shop.promotions.Coupons;
import dev.bpg.examples.shop.reports.Reports;
import dev.bpg.examples.shop.returns.Returns;
import dev.bpg.examples.shop.reviews.Reviews;
import dev.bpg.examples.shop.reviews.Wishlists;
import dev.bpg.examples.shop.shipping.Shipments;
import dev.bpg.examples.shop.shipping.ShippingRates;
import dev.bpg.examples.shop.sql.Sql;
import javax.sql.DataSource;

/** The application: all its services on one database. */
public record Shop(
    Customers customers,
    Addresses addresses,
    Loyalty loyalty,
    Catalog catalog,
    Categories categories,
    Prices prices,
    Taxes taxes,
    Inventory inventory,
    Purchasing purchasing,
    Carts carts,
    Checkout checkout,
    Orders orders,
    Payments payments,
    ShippingRates shippingRates,
    Shipments shipments,
    Coupons coupons,
    Reviews reviews,
    Wishlists wishlists,
    Returns returns,
    Reports reports) {

  /** Where the migrations are. */
  public static final String MIGRATIONS = "db/shop";

  /** The shop whose data a data source leads to. */
  public static Shop on(DataSource source) {
    Sql sql = Sql.on(source);
    return new Shop(
        new Customers(sql),
        new Addresses(sql),
        new Loyalty(sql),
        new Catalog(sql),
        new Categories(sql),
        new Prices(sql),
        new Taxes(sql),
        new Inventory(sql),
        new Purchasing(sql),
        new Carts(sql),
        new Checkout(sql),
        new Orders(sql),
        new Payments(sql),
        new ShippingRates(sql),
        new Shipments(sql),
        new Coupons(sql),
        new Reviews(sql),
        new Wishlists(sql),
        new Returns(sql),
        new Reports(sql));
  }
}
