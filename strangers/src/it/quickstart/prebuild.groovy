// Writes the files that docs/quickstart.md holds, each under the path that stands above it.
def page = new File(docs, 'quickstart.md').text.normalize()
def files = (page =~ /(?ms)^`([^`\n]+)`:\n```\w+\n(.*?)^```$/).collect { [path: it[1], text: it[2]] }
assert files*.path.containsAll(['pom.xml', 'src/main/java/com/example/Line.java', 'src/main/java/com/example/Train.java'])
files.each {
    def file = new File(basedir, it.path)
    file.parentFile.mkdirs()
    file.text = it.text
}
assert new File(basedir, 'pom.xml').text.contains("<version>$version</version>")

// The README shows the middle of the same pom.xml.
def shown = (new File(readme).text.normalize() =~ /(?ms)^```xml\n(.*?)^```$/)[0][1]
def squeeze = { it.replaceAll(/\s+/, ' ') }
assert squeeze(new File(basedir, 'pom.xml').text).contains(squeeze(shown))
