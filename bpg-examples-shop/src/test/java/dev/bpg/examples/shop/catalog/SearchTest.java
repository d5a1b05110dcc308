package dev.bpg.examples.shop.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.examples.shop.ShopTest;
import org.junit.jupiter.api.Test;

class SearchTest extends ShopTest {

  private Product add(String name, String description) {
    return shop.catalog().add(given.unique("SKU-"), name, description, 100);
  }

  @Test
  void findsAWordOfTheName() {
    String word = given.unique("word");
    Product chair = add("A chair called " + word, "");
    assertThat(shop.catalog().search(word)).containsExactly(chair);
  }

  @Test
  void findsAWordOfTheDescription() {
    String word = given.unique("word");
    Product chair = add("Chair", "Made of " + word);
    assertThat(shop.catalog().search(word)).containsExactly(chair);
  }

  @Test
  void findsOtherFormsOfAWord() {
    String word = given.unique("word");
    Product chair = add("Folding chairs " + word, "");
    assertThat(shop.catalog().search("chair folded " + word)).containsExactly(chair);
  }

  @Test
  void putsTheNameBeforeTheDescription() {
    String word = given.unique("word");
    Product second = add("Chair", "As " + word);
    Product first = add("Chair " + word, "");
    assertThat(shop.catalog().search(word)).containsExactly(first, second);
  }

  @Test
  void wantsAllWords() {
    String word = given.unique("word");
    Product red = add("Red chair " + word, "");
    add("Blue chair " + word, "");
    assertThat(shop.catalog().search(word + " red")).containsExactly(red);
  }

  @Test
  void leavesOutWhatIsNotWanted() {
    String word = given.unique("word");
    add("Red chair " + word, "");
    Product blue = add("Blue chair " + word, "");
    assertThat(shop.catalog().search(word + " -red")).containsExactly(blue);
  }

  @Test
  void findsWordsInTheirOrder() {
    String word = given.unique("word");
    Product table = add("Garden table " + word, "");
    add("Table garden " + word, "");
    assertThat(shop.catalog().search("\"garden table\" " + word)).containsExactly(table);
  }

  @Test
  void leavesOutWhatCannotBeBought() {
    String word = given.unique("word");
    shop.catalog().activate(add("Chair " + word, "").id(), false);
    assertThat(shop.catalog().search(word)).isEmpty();
  }

  @Test
  void findsNothingForNothing() {
    assertThat(shop.catalog().search("")).isEmpty();
  }

  @Test
  void takesQuotesAndSignsAsTheyCome() {
    assertThat(shop.catalog().search("'; DROP TABLE products; -- \" & | ! " + given.unique("x")))
        .isEmpty();
    assertThat(given.unpriced().active()).isTrue();
  }
}
