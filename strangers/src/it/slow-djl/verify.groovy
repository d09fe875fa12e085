// Runs the page's program with real DJL, and compares what it prints. The engine unpacks its native library here.
def page = new File(docs, 'djl.md').text.normalize()
def run = (page =~ /(?ms)^```sh\n((?:(?!```).)*)```\n```\n(.*?)^```$/).collect { [commands: it[1], printed: it[2]] }
assert run.size() == 1
def commands = run[0].commands.readLines().findAll { !it.startsWith('mvn ') }.join('\n')
def errors = new File(basedir, 'errors.txt')
def builder = new ProcessBuilder('sh', '-e', '-c', commands).directory(basedir).redirectError(errors)
builder.environment().DJL_CACHE_DIR = new File(basedir, 'target/djl').path
builder.environment().PATH = new File(System.getProperty('java.home'), 'bin').path + ':' + System.getenv('PATH')
def process = builder.start()
def printed = process.inputStream.text
assert process.waitFor() == 0 : printed + errors.text
assert printed == run[0].printed

// PyTorch prints the same.
assert page.contains('```python\n') && printed.startsWith((page =~ /(?ms)^`make-net.py`:\n```python\n.*?^```\n```\n(.*?)^```$/)[0][1])
