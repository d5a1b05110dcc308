package dev.bpg.examples.shop.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.examples.shop.ShopTest;
import dev.bpg.examples.shop.error.NotFoundException;
import dev.bpg.examples.shop.error.RefusedException;
import org.junit.jupiter.api.Test;

class AddressesTest extends ShopTest {

  private Address add(Customer customer, String city) {
    return shop.addresses().add(customer.id(), "Street 1", "1234", city, "NL");
  }

  @Test
  void keepWhatWasWritten() {
    Customer ada = given.stranger();
    Address delft = add(ada, "Delft");
    assertThat(delft).isEqualTo(new Address(delft.id(), "Street 1", "1234", "Delft", "NL", true));
    assertThat(shop.addresses().of(ada.id())).containsExactly(delft);
  }

  @Test
  void areDefaultIfTheyAreTheFirst() {
    Customer ada = given.stranger();
    assertThat(add(ada, "Delft").isDefault()).isTrue();
    assertThat(add(ada, "Gouda").isDefault()).isFalse();
  }

  @Test
  void areListedInTheOrderInWhichTheyCame() {
    Customer ada = given.stranger();
    add(ada, "Gouda");
    add(ada, "Delft");
    assertThat(shop.addresses().of(ada.id()))
        .extracting(Address::city)
        .containsExactly("Gouda", "Delft");
  }

  @Test
  void ofAStrangerAreNone() {
    Customer ada = given.stranger();
    assertThat(shop.addresses().of(ada.id())).isEmpty();
    assertThat(shop.addresses().defaultOf(ada.id())).isEmpty();
  }

  @Test
  void takeTheDefaultFromEachOther() {
    Customer ada = given.stranger();
    add(ada, "Delft");
    Address gouda = add(ada, "Gouda");
    shop.addresses().makeDefault(ada.id(), gouda.id());
    assertThat(shop.addresses().of(ada.id()))
        .extracting(Address::isDefault)
        .containsExactly(false, true);
  }

  @Test
  void keepTheDefaultWhenAnotherCustomersIsAskedFor() {
    Customer ada = given.stranger();
    Address delft = add(ada, "Delft");
    Address other = add(given.stranger(), "Gouda");
    assertThatThrownBy(() -> shop.addresses().makeDefault(ada.id(), other.id()))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("there is no address " + other.id() + " of customer " + ada.id());
    assertThat(shop.addresses().defaultOf(ada.id())).contains(delft);
  }

  @Test
  void passTheDefaultOnWhenTheyGo() {
    Customer ada = given.stranger();
    Address delft = add(ada, "Delft");
    add(ada, "Gouda");
    add(ada, "Edam");
    shop.addresses().remove(ada.id(), delft.id());
    assertThat(shop.addresses().defaultOf(ada.id()).map(Address::city)).contains("Gouda");
  }

  @Test
  void leaveTheDefaultAloneWhenItIsAnother() {
    Customer ada = given.stranger();
    Address delft = add(ada, "Delft");
    Address gouda = add(ada, "Gouda");
    shop.addresses().remove(ada.id(), gouda.id());
    assertThat(shop.addresses().of(ada.id())).containsExactly(delft);
  }

  @Test
  void areOfACountryThatTheShopDeliversTo() {
    Customer ada = given.stranger();
    assertThatThrownBy(() -> shop.addresses().add(ada.id(), "Street", "1", "City", "XX"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("no customer " + ada.id() + " or no delivery to XX");
    assertThat(shop.addresses().of(ada.id())).isEmpty();
  }

  @Test
  void ofOthersCannotBeRemoved() {
    Address theirs = add(given.stranger(), "Delft");
    assertThatThrownBy(() -> shop.addresses().remove(given.stranger().id(), theirs.id()))
        .isInstanceOf(NotFoundException.class);
  }
}
