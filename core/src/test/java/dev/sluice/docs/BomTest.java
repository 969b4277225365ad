package dev.sluice.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The POM that hosts import. */
class BomTest {
  private static final List<String> LIBRARIES = List.of("rtp", "rtcp", "ice", "srtp", "core");

  private final XPath xpath = XPathFactory.newInstance().newXPath();

  @Test
  void shouldManageTheLibrariesOfThisVersionAndNothingElse() throws Exception {
    Document bom = read("bom/pom.xml");
    assertThat(values(bom, "/project/parent")).isEmpty();
    assertThat(values(bom, "/project/version"))
        .isEqualTo(values(read("pom.xml"), "/project/parent/version"));
    assertThat(values(bom, "//dependencyManagement//artifactId"))
        .containsExactlyElementsOf(LIBRARIES.stream().map("sluice-"::concat).toList());
    assertThat(values(bom, "//dependencyManagement//groupId")).containsOnly("dev.sluice");
    assertThat(values(bom, "//dependencyManagement//version")).containsOnly("${project.version}");
  }

  private static Document read(String pom) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Path.of(pom).toFile());
  }

  private List<String> values(Document pom, String path) throws Exception {
    NodeList found = (NodeList) xpath.evaluate(path, pom, XPathConstants.NODESET);
    return IntStream.range(0, found.getLength())
        .mapToObj(i -> found.item(i).getTextContent())
        .toList();
  }
}
