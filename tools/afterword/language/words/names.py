"""Given names that are common where English, Portuguese or Vietnamese is written.

Chosen by hand. A name that is also a word, a place, a month or a product that postmortems speak of (Mark, Will,
Grant, Jenkins, Travis, Ruby, Julia, Crystal, April, Jordan, Virginia, Ray, Max, Oscar, Victor, Claude) is left out: a
miss costs less than a false alarm.
"""

from __future__ import annotations

from afterword.language.model import split

GIVEN: tuple[str, ...] = tuple(
    sorted(
        split(
            # English
            "Aaron Adam Alan Albert Alice Amanda Andrew Andy Angela Anna Anthony Ashley Barbara Ben Benjamin Betty "
            "Bob Brandon "
            "Brenda Brian Bruce Carl Carol Caroline Catherine Charles Charlotte Chris Christine Christopher Cynthia "
            "Daniel "
            "Dave David Deborah Dennis Diana Diane Donald Dorothy Douglas Dylan Edward Elizabeth Emily Emma Eric "
            "Ethan Eugene "
            "Evelyn Frank Fred Gary George Gerald Gloria Greg Gregory Hannah Harold Harry Heather Helen Henry "
            "Isabella Jack "
            "Jacob James Jane Janet Jeff Jeffrey Jennifer Jeremy Jerry Jessica Jim Joan Joe John Jonathan Joseph "
            "Joshua Joyce "
            "Juan Judith Judy Justin Karen Kate Katherine Kathleen Keith Kelly Kenneth Kevin Kyle Larry Laura "
            "Lauren Lawrence "
            "Linda Lisa Louis Maria Marie Marilyn Martha Martin Mary Matt Matthew Megan Michael Michelle Mike Nancy "
            "Nathan "
            "Nicholas Nicole Noah Pamela Patricia Patrick Paul Peter Philip Priya Rachel Ralph Randy Raymond "
            "Rebecca Richard "
            "Robert Roger Ronald Roy Russell Ryan Samantha Samuel Sandra Sara Sarah Scott Sean Sharon Shirley "
            "Sophia Stephanie "
            "Stephen Steve Steven Susan Teresa Theresa Thomas Tim Timothy Tom Tyler Vincent Walter Wayne William "
            "Zachary "
            # Portuguese
            "Adriana Alessandra Alexandre Aline André Antônio António Beatriz Bruno Camila Carlos Cláudia Cristina "
            "Diego "
            "Eduardo Fabiana Fábio Felipe Fernanda Fernando Francisco Gabriel Gabriela Guilherme Gustavo Henrique "
            "Igor Isabela "
            "João Joana Jorge José Júlia Juliana Larissa Leandro Leonardo Letícia Lucas Luciana Luís Luiz Luiza "
            "Marcelo Márcia "
            "Márcio Marcos Mariana Mateus Matheus Maurício Mônica Murilo Natália Patrícia Paulo Pedro Rafael "
            "Rafaela Raquel "
            "Renata Renato Ricardo Roberta Roberto Rodrigo Rogério Sandro Sérgio Sílvia Tatiana Thiago Tiago "
            "Vanessa Vinícius "
            "Vitória Viviane"
        )
    )
)
