package dev.weir.app.gates;

import org.junit.jupiter.api.Test;

/** A value that may be absent and is used as if it were there stops the build. */
class NullAwayGateTest {
  @Test
  void aDereferenceFails() {
    BadProjects.assertFails(
        "gate-nullaway", "compile", "NullDereferenced.java:[11,16] [NullAway] dereferenced");
  }

  @Test
  void anAbsentElementOfAListFails() {
    BadProjects.assertFails(
        "gate-nullaway", "compile", "NullInList.java:[12,12] [NullAway] incompatible types");
  }

  @Test
  void testCodeIsCheckedToo() {
    BadProjects.assertFails(
        "gate-test-code", "testCompile", "NullInTest.java:[9,16] [NullAway] dereferenced");
  }
}
