package dev.bpg.examples.shop.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.examples.shop.ShopTest;
import dev.bpg.examples.shop.error.NotFoundException;
import dev.bpg.examples.shop.error.RefusedException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomersTest extends ShopTest {

  @Test
  void areFoundByNumber() {
    Customer ada = given.stranger();
    assertThat(shop.customers().get(ada.id())).isEqualTo(ada);
  }

  @Test
  void areFoundByEmailInWhateverCase() {
    Customer ada = given.stranger();
    assertThat(shop.customers().withEmail(" " + ada.email().toUpperCase(Locale.ROOT)))
        .contains(ada);
  }

  @Test
  void areNotFoundByAnEmailThatNobodyHas() {
    assertThat(shop.customers().withEmail(given.unique("nobody"))).isEmpty();
  }

  @Test
  void areCountedOneByOne() {
    long before = shop.customers().count();
    given.stranger();
    given.stranger();
    assertThat(shop.customers().count()).isEqualTo(before + 2);
  }

  @Test
  void haveAnEmailThatIsTheirsInAnyCase() {
    Customer ada = given.stranger();
    String same = ada.email().toUpperCase(Locale.ROOT);
    assertThatThrownBy(() -> shop.customers().register(same, "Eve"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(same + " is registered already");
    assertThat(shop.customers().withEmail(same)).contains(ada);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ada", "@", "ada@"})
  void needAnEmailAddress(String email) {
    assertThatThrownBy(() -> shop.customers().register(email, "Ada"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(email + " is no e-mail address");
  }

  @Test
  void needAName() {
    assertThatThrownBy(() -> shop.customers().register("a@example.org", "  "))
        .isInstanceOf(RefusedException.class)
        .hasMessage("a customer needs a name");
  }

  @Test
  void areFoundByAPartOfTheirNameInItsOrder() {
    String word = given.unique("Turing");
    shop.customers().register(given.unique("z") + "@example.org", "Zoe " + word);
    shop.customers().register(given.unique("a") + "@example.org", "Alan " + word);
    assertThat(shop.customers().named(word.toUpperCase(Locale.ROOT)))
        .extracting(Customer::name)
        .containsExactly("Alan " + word, "Zoe " + word);
  }

  @Test
  void takeAnotherName() {
    Customer ada = given.stranger();
    shop.customers().rename(ada.id(), "Ada King");
    assertThat(shop.customers().get(ada.id()).name()).isEqualTo("Ada King");
  }

  @Test
  void areBlockedUntilTheyAreNot() {
    Customer ada = given.stranger();
    shop.customers().block(ada.id(), true);
    assertThat(shop.customers().get(ada.id()).blocked()).isTrue();
    shop.customers().block(ada.id(), false);
    assertThat(shop.customers().get(ada.id()).blocked()).isFalse();
  }

  @Test
  void goWithAllThatIsTheirs() {
    Customer ada = given.customer();
    shop.customers().note(ada.id(), "support", "called");
    shop.customers().delete(ada.id());
    assertThatThrownBy(() -> shop.customers().get(ada.id()))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("there is no customer " + ada.id());
    assertThat(shop.addresses().of(ada.id())).isEmpty();
    assertThat(shop.customers().notes(ada.id())).isEmpty();
  }

  @Test
  void stayWhileTheyHaveOrders() {
    Customer ada = given.customer();
    given.order(ada, given.product("5.00"), 1);
    assertThatThrownBy(() -> shop.customers().delete(ada.id()))
        .isInstanceOf(RefusedException.class)
        .hasMessage("customer " + ada.id() + " has orders");
    assertThat(shop.addresses().of(ada.id())).hasSize(1);
  }

  @Test
  void areForgottenButTheirOrdersStay() {
    Customer ada = given.customer();
    given.order(ada, given.product("5.00"), 1);
    shop.customers().anonymise(ada.id());
    assertThat(shop.customers().get(ada.id()))
        .isEqualTo(new Customer(ada.id(), "deleted-" + ada.id() + "@invalid", "deleted", true));
    assertThat(shop.customers().withEmail(ada.email())).isEmpty();
    assertThat(shop.addresses().of(ada.id())).isEmpty();
    assertThat(shop.orders().of(ada.id(), 0, 10)).hasSize(1);
  }

  @Test
  void whoAreNotThereCannotBeRenamed() {
    assertThatThrownBy(() -> shop.customers().rename(-1, "Nobody"))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void haveNotesTheNewestFirst() {
    Customer ada = given.stranger();
    shop.customers().note(ada.id(), "eve", "called");
    shop.customers().note(ada.id(), "bob", "called back");
    assertThat(shop.customers().notes(ada.id()))
        .isEqualTo(List.of("bob: called back", "eve: called"));
  }
}
