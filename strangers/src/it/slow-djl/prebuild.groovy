// Writes the classes that docs/djl.md holds, each under the path that stands above it; what else it shows is what lies here.
def page = new File(docs, 'djl.md').text.normalize()
def files = (page =~ /(?ms)^`([^`\n]+)`:\n```\w+\n(.*?)^```$/).collect { [path: it[1], text: it[2]] }
assert files*.path == ['make-net.py', 'src/main/java/com/example/BlockState.java', 'src/main/java/com/example/Main.java']
assert files[0].text == new File(basedir, 'make-net.py').text.normalize()
files.drop(1).each {
    def file = new File(basedir, it.path)
    file.parentFile.mkdirs()
    file.text = it.text
}

def dependencies = (page =~ /(?ms)^```xml\n(.*?)^```$/)[0][1]
def squeeze = { it.replaceAll(/\s+/, ' ') }
assert squeeze(new File(basedir, 'pom.xml').text).contains(squeeze(dependencies))
