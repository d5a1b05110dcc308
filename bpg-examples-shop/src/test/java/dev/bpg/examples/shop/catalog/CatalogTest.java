package dev.bpg.examples.shop.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.examples.shop.ShopTest;
import dev.bpg.examples.shop.error.NotFoundException;
import dev.bpg.examples.shop.error.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogTest extends ShopTest {

  @Test
  void keepsWhatAProductIs() {
    String sku = given.unique("SKU-");
    Product lamp = shop.catalog().add(sku, "Lamp", "It shines.", 750);
    assertThat(lamp).isEqualTo(new Product(lamp.id(), sku, "Lamp", "standard", 750, true));
    assertThat(shop.catalog().get(lamp.id())).isEqualTo(lamp);
  }

  @Test
  void findsAProductByItsPrintedNumber() {
    Product lamp = given.unpriced();
    assertThat(shop.catalog().withSku(lamp.sku())).contains(lamp);
  }

  @Test
  void findsNothingByANumberThatIsNotPrintedAnywhere() {
    assertThat(shop.catalog().withSku(given.unique("SKU-"))).isEmpty();
  }

  @Test
  void refusesAPrintedNumberTwice() {
    Product lamp = given.unpriced();
    assertThatThrownBy(() -> shop.catalog().add(lamp.sku(), "Other", "", 1))
        .isInstanceOf(RefusedException.class)
        .hasMessage("there is a product " + lamp.sku() + " already");
    assertThat(shop.catalog().withSku(lamp.sku())).contains(lamp);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void refusesAProductThatWeighsNothing(int grams) {
    String sku = given.unique("SKU-");
    assertThatThrownBy(() -> shop.catalog().add(sku, "Ghost", "", grams))
        .isInstanceOf(RefusedException.class)
        .hasMessage("a product needs a name and a weight");
    assertThat(shop.catalog().withSku(sku)).isEmpty();
  }

  @Test
  void refusesAProductWithoutAName() {
    assertThatThrownBy(() -> shop.catalog().add(given.unique("SKU-"), "", "", 1))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void takesAProductOutAndInAgain() {
    Product lamp = given.unpriced();
    shop.catalog().activate(lamp.id(), false);
    assertThat(shop.catalog().get(lamp.id()).active()).isFalse();
    shop.catalog().activate(lamp.id(), true);
    assertThat(shop.catalog().get(lamp.id()).active()).isTrue();
  }

  @Test
  void saysThatAProductIsNotThere() {
    assertThatThrownBy(() -> shop.catalog().activate(-1, true))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("there is no product -1");
  }

  @Test
  void taxesAProductAsItIsTold() {
    Product lamp = given.unpriced();
    shop.catalog().taxAs(lamp.id(), "reduced");
    assertThat(shop.catalog().get(lamp.id()).taxKind()).isEqualTo("reduced");
  }

  @Test
  void refusesARateOfTaxThatDoesNotExist() {
    Product lamp = given.unpriced();
    assertThatThrownBy(() -> shop.catalog().taxAs(lamp.id(), "none"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("there is no rate of tax none");
    assertThat(shop.catalog().get(lamp.id()).taxKind()).isEqualTo("standard");
  }

  @Test
  void listsWhatABrandMakes() {
    String brand = given.unique("Brand ");
    Product lamp = given.unpriced();
    given.unpriced();
    shop.catalog().brand(lamp.id(), brand);
    assertThat(shop.catalog().ofBrand(brand)).containsExactly(lamp);
  }

  @Test
  void givesTwoProductsOneBrand() {
    String brand = given.unique("Brand ");
    shop.catalog().brand(given.unpriced().id(), brand);
    shop.catalog().brand(given.unpriced().id(), brand);
    assertThat(shop.catalog().ofBrand(brand)).hasSize(2);
  }

  @Test
  void leavesOutOfABrandWhatCannotBeBought() {
    String brand = given.unique("Brand ");
    Product lamp = given.unpriced();
    shop.catalog().brand(lamp.id(), brand);
    shop.catalog().activate(lamp.id(), false);
    assertThat(shop.catalog().ofBrand(brand)).isEmpty();
  }
}
