package dev.bpg.examples.shop.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.examples.shop.ShopTest;
import dev.bpg.examples.shop.error.NotFoundException;
import dev.bpg.examples.shop.error.RefusedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CategoriesTest extends ShopTest {

  private String garden;
  private String tools;
  private String spades;

  @BeforeEach
  void plant() {
    garden = given.unique("garden");
    tools = given.unique("tools");
    spades = given.unique("spades");
    shop.categories().add(garden, "Garden");
    shop.categories().addBelow(garden, tools, "Tools");
    shop.categories().addBelow(tools, spades, "Spades");
  }

  @Test
  void haveAPathFromTheTop() {
    assertThat(shop.categories().path(spades)).containsExactly("Garden", "Tools", "Spades");
    assertThat(shop.categories().path(garden)).containsExactly("Garden");
  }

  @Test
  void haveChildrenByShortName() {
    String chairs = given.unique("chairs");
    shop.categories().addBelow(garden, chairs, "Chairs");
    assertThat(shop.categories().children(garden)).containsExactly(chairs, tools);
    assertThat(shop.categories().children(spades)).isEmpty();
  }

  @Test
  void haveAShortNameOfTheirOwn() {
    assertThatThrownBy(() -> shop.categories().add(tools, "Other tools"))
        .isInstanceOf(RefusedException.class);
    assertThat(shop.categories().path(tools)).containsExactly("Garden", "Tools");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Upper", "with space", "slash/"})
  void haveAShortNameForUrls(String slug) {
    assertThatThrownBy(() -> shop.categories().add(slug, "Odd"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("the category's short name is taken or has odd characters");
  }

  @Test
  void areBelowOneThatExists() {
    String missing = given.unique("missing");
    assertThatThrownBy(() -> shop.categories().addBelow(missing, given.unique("new"), "New"))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("there is no category " + missing);
  }

  @Test
  void haveTheProductsOfAllBelow() {
    Product spade = given.unpriced();
    shop.categories().put(spade.id(), spades);
    assertThat(shop.categories().products(garden)).containsExactly(spade.sku());
    assertThat(shop.categories().products(spades)).containsExactly(spade.sku());
  }

  @Test
  void countAProductOnceThatIsInTwo() {
    Product spade = given.unpriced();
    shop.categories().put(spade.id(), spades);
    shop.categories().put(spade.id(), tools);
    shop.categories().put(spade.id(), tools);
    assertThat(shop.categories().products(garden)).containsExactly(spade.sku());
  }

  @Test
  void leaveOutWhatCannotBeBought() {
    Product spade = given.unpriced();
    shop.categories().put(spade.id(), spades);
    shop.catalog().activate(spade.id(), false);
    assertThat(shop.categories().products(garden)).isEmpty();
  }

  @Test
  void moveWithAllBelow() {
    String kitchen = given.unique("kitchen");
    shop.categories().add(kitchen, "Kitchen");
    shop.categories().move(tools, kitchen);
    assertThat(shop.categories().path(spades)).containsExactly("Kitchen", "Tools", "Spades");
    assertThat(shop.categories().children(garden)).isEmpty();
  }

  @Test
  void doNotMoveBelowThemselves() {
    assertThatThrownBy(() -> shop.categories().move(garden, spades))
        .isInstanceOf(RefusedException.class)
        .hasMessage(spades + " is within " + garden);
    assertThat(shop.categories().path(spades)).containsExactly("Garden", "Tools", "Spades");
  }

  @Test
  void goWhenTheyAreEmpty() {
    shop.categories().remove(spades);
    assertThat(shop.categories().children(tools)).isEmpty();
  }

  @Test
  void stayWhileThereIsAnythingInThem() {
    shop.categories().put(given.unpriced().id(), spades);
    assertThatThrownBy(() -> shop.categories().remove(spades))
        .isInstanceOf(RefusedException.class)
        .hasMessage("category " + spades + " is not empty");
    assertThatThrownBy(() -> shop.categories().remove(garden)).isInstanceOf(RefusedException.class);
    assertThat(shop.categories().path(spades)).hasSize(3);
  }
}
