package extract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadHTML(t *testing.T) {
	for _, tc := range []struct {
		name, page string
		want       []string
	}{
		{"white space", "<html><p>One \n two<br> three <b>f</b>our</p> <div>five&nbsp;six", []string{"paragraph: One two\nthree four", "paragraph: five\u00a0six"}},
		{"empty line ends a paragraph", "<html>one<br><br>two<br>&nbsp;<br>three", []string{"paragraph: one", "paragraph: two", "paragraph: three"}},
		{"hidden", "<html><style>x{}</style><script>y()</script><p hidden>a<p style='display: none'>b<p>c<select><option>d</select>", []string{"paragraph: c"}},
		{"the site's furniture", "<html><header><h1>Us</h1><nav><a>Home</a></nav></header><article><header><h1>View</h1></header><p>Text</article><footer>© us</footer>", []string{
			"page header: Us", "navigation: Home", "heading#: View", "paragraph: Text", "page footer: © us"}},
		{"lists", "<html><ul><li>a<li>b<ul><li>c</ul></ul><ol start=3 type=a><li>d<li><p>e<p>f</ol>", []string{
			"item [•]: a", "item [•]: b", "item> [•]: c", "item [c]: d", "item [d]: e", "item: f"}},
		{"quotation", "<html><blockquote>said</blockquote><pre>a  b\nc</pre>", []string{"paragraph: said", "paragraph: a  b\nc"}},
		{"cookie banner, search and skip", "<html><div id=cookie-banner class='govuk-cookie-banner'><h2>Cookies</h2><p>We use cookies</div><form role=search>Find</form><div class=message-bar>Kept</div><p>Cookies are biscuits", []string{
			"cookie banner: Cookies", "cookie banner: We use cookies", "search: Find", "paragraph: Kept", "paragraph: Cookies are biscuits"}},
		{"form", "<html><p>Name: <input value='Sam Example'> <input type=hidden value=x><input type=submit value=Send><p><input type=checkbox checked> We agree <input type=radio>No<p>Area<select><option>North<option selected>South</select>.",
			[]string{"paragraph: Name: Sam Example", "paragraph: ☒ We agree ☐ No", "paragraph: AreaSouth."}},
		{"raised and lowered figures", "<html><p>10<sup>6</sup> on the 19<sup>th</sup>, CO<sub>2</sub>, members <sup><b>(1)</b></sup>", []string{"paragraph: 10⁶ on the 19th, CO₂, members ⁽¹⁾"}},
		{"layout table", "<html><table><tr><td><p>one<p>two</table>", []string{"paragraph: one", "paragraph: two"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := shown(mustRead(t, "a.html", tc.page))
			if diff := cmp.Diff(got, tc.want); diff != "" {
				t.Errorf("got -, want +:\n%s", diff)
			}
		})
	}
}

func TestHTMLTable(t *testing.T) {
	doc := mustRead(t, "a.html", "<html><table><tr><td rowspan=2>a<td colspan=2>b<td>c<tr><td><p>d<p>e<td>f</table>")
	type cell struct {
		Text               string
		Table, Row, Column int
	}
	var got []cell
	for _, b := range doc.Blocks {
		got = append(got, cell{doc.Text[b.Start:b.End], b.Place.Table, b.Place.Row, b.Place.Column})
	}
	want := []cell{{"a", 1, 1, 1}, {"b", 1, 1, 2}, {"c", 1, 1, 4}, {"d\ne", 1, 2, 2}, {"f", 1, 2, 3}}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("got -, want +:\n%s", diff)
	}
}

func TestHTMLFacts(t *testing.T) {
	doc := mustRead(t, "a.html", `<html><head><title>Our
 view</title><meta name="author" content="The Circle"><meta property="article:published_time" content="2023-05-09T10:00:00Z"></head><p>Hi`)
	want := Facts{Title: "Our view", Author: "The Circle", Date: "2023-05-09T10:00:00Z"}
	if diff := cmp.Diff(doc.Facts, want); diff != "" {
		t.Errorf("got -, want +:\n%s", diff)
	}
}

func TestHTMLCharset(t *testing.T) {
	for _, tc := range []struct{ name, page, want string }{
		{"declared wrongly", "<html><meta charset=iso-8859-1><p>caf\u00e9", "café"},
		{"declared", "<html><meta charset=iso-8859-2><p>\xb3", "ł"},
		{"declared late", "<html><!--" + strings.Repeat("x", 3000) + "--><meta http-equiv=Content-Type content='text/html; charset=windows-1251'><p>\xc4\xe0", "Да"},
		{"declared as UTF-8, and is not", "<html><meta charset=utf-8><p>S\xf8g p\xe5", "Søg på"},
		{"UTF-8 with a bad byte", "<html><meta charset=utf-8><p>caf\u00e9 \u2013 \xff", "café – \uFFFD"},
		{"not declared", "<html><p>\xa35 \x96 \x93no\x94", "£5 – “no”"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := mustRead(t, "", tc.page).Text; got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

func TestHTMLNotes(t *testing.T) {
	doc := mustRead(t, "a.html", `<html><h1>View</h1><p>Too long.<a href="#fn1" id=fnref1 role=doc-noteref><sup>1</sup></a> We<sup><a href="#n2">[b]</a></sup> say x<sup>2</sup>.<p>See <a href="#top">1</a>.
<ol><li id=fn1><p>In 2023.<a href="#fnref1" role=doc-backlink>↩</a></p></li></ol><div id=n2>Us.</div><p>End`)
	want := "heading 1 ¶1 | View\nparagraph ¶2 under=View ref=1@9 ref=b@12 | Too long. We say x².\nparagraph ¶3 under=View | See 1.\nnote ¶2 note=1 under=View | In 2023.\nnote ¶2 note=b under=View | Us.\nparagraph ¶4 under=View | End\n"
	if diff := cmp.Diff(outlineOf(doc), want); diff != "" {
		t.Errorf("got -, want +:\n%s", diff)
	}
}

func TestHTMLQuestions(t *testing.T) {
	doc := mustRead(t, "a.html", "<html><h2>Question 1: Do you agree?</h2><p>Yes.<h2>About us</h2><p>Small.<p>Q2. Why?<p>Cost.<p>Is it?<p>More.")
	want := "heading 2 ¶1 | Question 1: Do you agree?\nparagraph ¶2 under=Question 1: Do you agree? question=Question 1: Do you agree? | Yes.\nheading 2 ¶3 | About us\nparagraph ¶4 under=About us | Small.\n" +
		"paragraph ¶5 under=About us | Q2. Why?\nparagraph ¶6 under=About us question=Q2. Why? | Cost.\nparagraph ¶7 under=About us question=Q2. Why? | Is it?\nparagraph ¶8 under=About us question=Q2. Why? | More.\n"
	if diff := cmp.Diff(outlineOf(doc), want); diff != "" {
		t.Errorf("got -, want +:\n%s", diff)
	}
}

func TestHTMLForm(t *testing.T) {
	doc := mustRead(t, "a.html", "<html><table><tr><th>Question<th>Response<tr><td>Standards<td>Yes.<tr><td>Do you agree?<td><tr><td>Notes<td>None.</table><table><tr><td>Area<td>Weeks<tr><td>North<td>20</table>")
	want := "cell ¶0 table 1 row 1 column 1 | Question\ncell ¶0 table 1 row 1 column 2 | Response\nfurniture ¶0 table 1 row 2 column 1 why=question of the form | Standards\nanswer ¶0 table 1 row 2 column 2 question=Standards | Yes.\n" +
		"furniture ¶0 table 1 row 3 column 1 why=question of the form | Do you agree?\nfurniture ¶0 table 1 row 4 column 1 why=question of the form | Notes\nanswer ¶0 table 1 row 4 column 2 question=Notes | None.\ncell ¶0 table 2 row 1 column 1 | Area\ncell ¶0 table 2 row 1 column 2 | Weeks\ncell ¶0 table 2 row 2 column 1 | North\ncell ¶0 table 2 row 2 column 2 | 20\n"
	if diff := cmp.Diff(outlineOf(doc), want); diff != "" {
		t.Errorf("got -, want +:\n%s", diff)
	}
}

func TestHTMLTooDeep(t *testing.T) {
	page := "<html><head><title>T</title><body>" + strings.Repeat("<div><span>", 2000) + "<p>Still &amp; here" + strings.Repeat("</span></div>", 2000) + "<p>After"
	doc := mustRead(t, "a.html", page)
	if diff := cmp.Diff(shown(doc), []string{"paragraph: Still & here", "paragraph: After"}); diff != "" {
		t.Errorf("got -, want +:\n%s", diff)
	}
	if len(doc.Warnings) != 1 {
		t.Errorf("got %d warnings, want 1", len(doc.Warnings))
	}
}

func FuzzHTML(f *testing.F) {
	f.Add([]byte("<html><table><tr><td rowspan=2 colspan=3>a<td>b<tr><td><ul><li>c</table><br><br>d<pre>e\n\nf"))
	f.Add([]byte("<meta charset=utf-16><ol type=i reversed start=9><li value=4>x<nav>y<blockquote type=cite>z"))
	f.Add([]byte(strings.Repeat("<b>", 600) + "<td>x<head><script>y"))
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := readHTML(t.Context(), "", data)
		checkFuzzed(t, doc, err)
	})
}
