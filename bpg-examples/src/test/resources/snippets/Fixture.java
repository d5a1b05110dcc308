class Fixture {
    // tag::greeting
    if (polite) {
      greet();
    }

    // end::greeting
}
