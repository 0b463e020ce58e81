package chat.talk.bench;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.bench.LineChart.Axis;
import chat.talk.bench.LineChart.Line;
import chat.talk.bench.LineChart.Point;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class LineChartTest {
  @Test
  void whatIsDrawnIsXmlWithAllLinesAndTheirNames() throws Exception {
    Line line = new Line("a < b & \"c\"", List.of(new Point(10, 3), new Point(1000, 40)));
    LineChart chart =
        new LineChart("1 > 0", Axis.log("readers"), Axis.linear("ms"), List.of(line, line));
    Document svg = parse(chart.svg());
    assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("1 > 0");
    assertThat(texts(svg))
        .contains("a < b & \"c\"", "readers", "ms", "10", "100", "1,000", "0", "20", "40");
    // A line, a mark at each point, and one in the legend.
    assertThat(svg.getElementsByTagName("path").getLength()).isEqualTo(2 * (1 + 2 + 1));
  }

  @Test
  void nothingIsDrawnOutsideThePicture() throws Exception {
    List<Point> points =
        List.of(new Point(0, 0), new Point(7, 1e-9), new Point(19_800, 123.4), new Point(3, 7e8));
    for (Axis x : List.of(Axis.log("x"), Axis.linear("x"))) {
      for (Axis y : List.of(Axis.log("y"), Axis.linear("y"))) {
        Document svg = parse(new LineChart("", x, y, List.of(new Line("one", points))).svg());
        for (String part : List.of("x1", "x2", "x")) {
          assertThat(attributes(svg, part)).allMatch(value -> value >= 0 && value <= 760);
        }
        for (String part : List.of("y1", "y2", "y")) {
          assertThat(attributes(svg, part)).allMatch(value -> value >= 0 && value <= 440);
        }
      }
    }
  }

  @Test
  void aPictureWithoutLinesIsOneAllTheSame() throws Exception {
    parse(new LineChart("nothing", Axis.log("x"), Axis.log("y"), List.of()).svg());
  }

  @Test
  void valuesMayHaveNames() throws Exception {
    Axis x = Axis.named("of all", List.of("p50", "p99"));
    Line line = new Line("one", List.of(new Point(0, 3), new Point(1, 4)));
    assertThat(texts(parse(new LineChart("", x, Axis.log("ms"), List.of(line)).svg())))
        .contains("p50", "p99", "1", "10");
  }

  static Document parse(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  private static List<String> texts(Document svg) {
    var texts = svg.getElementsByTagName("text");
    return IntStream.range(0, texts.getLength())
        .mapToObj(i -> texts.item(i).getTextContent())
        .toList();
  }

  private static List<Double> attributes(Document svg, String name) {
    var all = svg.getElementsByTagName("*");
    return IntStream.range(0, all.getLength())
        .mapToObj(i -> all.item(i).getAttributes().getNamedItem(name))
        .filter(attribute -> attribute != null)
        .map(attribute -> Double.valueOf(attribute.getNodeValue()))
        .toList();
  }
}
