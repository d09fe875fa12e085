// Runs the page's commands, but for those that the invoker has run, and compares what they print.
def page = new File(docs, 'quickstart.md').text.normalize()
def runs = (page =~ /(?ms)^```sh\n((?:(?!```).)*)```\n```\n(.*?)^```$/).collect { [commands: it[1], printed: it[2]] }
assert runs.size() == 2

if (System.getProperty('os.name').startsWith('Windows')) {
    return
}
def repository = new File(localRepositoryPath.toString())
runs.each {
    def commands = it.commands.replace('mvn -q package\n', '').replace('$HOME/.m2/repository', repository.path)
    def builder = new ProcessBuilder('sh', '-e', '-c', commands).directory(basedir).redirectErrorStream(true)
    builder.environment().keySet().removeAll(['JAVA_TOOL_OPTIONS', 'JDK_JAVA_OPTIONS'])
    builder.environment().STATEDICT = new File(docs).parent
    builder.environment().PATH = new File(System.getProperty('java.home'), 'bin').path + ':' + System.getenv('PATH')
    def process = builder.start()
    def printed = process.inputStream.text
    assert process.waitFor() == 0 : printed
    assert printed == it.printed
}
return
